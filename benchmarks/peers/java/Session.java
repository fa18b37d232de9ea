import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.entity.PlanningPin;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** One wanted session: it gets an option, or none. */
@PlanningEntity
public class Session {

    @PlanningId
    private int id;

    @ValueRangeProvider
    private List<Area.Option> range;

    @PlanningVariable(allowsUnassigned = true)
    private Area.Option option;

    @PlanningPin
    private boolean pinned;

    public Session() {}

    Session(int id, List<Area.Option> range, Area.Option start, boolean pinned) {
        this.id = id;
        this.range = range;
        this.option = start;
        this.pinned = pinned;
    }

    Session copy() {
        return new Session(id, range, option, pinned);
    }

    public List<Area.Option> getRange() {
        return range;
    }

    public Area.Option getOption() {
        return option;
    }

    public void setOption(Area.Option option) {
        this.option = option;
    }

    public boolean isPinned() {
        return pinned;
    }
}
