import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import java.util.List;

/** A plan: all sessions, with or without an option. */
@PlanningSolution
public class Plan {

    @ProblemFactCollectionProperty
    private List<Area.Need> needs;

    @PlanningEntityCollectionProperty
    private List<Session> sessions;

    @PlanningScore(bendableHardLevelsSize = 1, bendableSoftLevelsSize = 4)
    private BendableLongScore score;

    public Plan() {}

    Plan(List<Area.Need> needs, List<Session> sessions) {
        this.needs = needs;
        this.sessions = sessions;
    }

    public List<Area.Need> getNeeds() {
        return needs;
    }

    public List<Session> getSessions() {
        return sessions;
    }

    public BendableLongScore getScore() {
        return score;
    }

    public void setScore(BendableLongScore score) {
        this.score = score;
    }
}
