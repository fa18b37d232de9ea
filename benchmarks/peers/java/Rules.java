import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.max;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sum;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sumLong;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.toList;

import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** The rules and goals as constraint streams: one hard level; served, fairness, cost, comfort. */
public class Rules implements ConstraintProvider {

    private static final BendableLongScore HARD = score(1, 0, 0, 0, 0);
    private static final BendableLongScore SERVED = score(0, 1, 0, 0, 0);
    private static final BendableLongScore FAIRNESS = score(0, 0, 1, 0, 0);
    private static final BendableLongScore COST = score(0, 0, 0, 1, 0);
    private static final BendableLongScore COMFORT = score(0, 0, 0, 0, 1);

    // Streams of the same functions are computed once.
    private static final Function<Session, Iterable<Area.Use>> USES = s -> s.getOption().uses();
    private static final Function<Session, Iterable<Area.Part>> PARTS = s -> s.getOption().staff();
    private static final Function<Session, Iterable<Area.Served>> NEEDS =
            s -> s.getOption().needs();

    private static BendableLongScore score(long hard, long... soft) {
        return BendableLongScore.of(new long[] {hard}, soft);
    }

    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        return new Constraint[] {
            things(factory), ways(factory), homeCover(factory), needs(factory), budget(factory),
            served(factory), fairness(factory), work(factory), cost(factory), comfort(factory),
        };
    }

    /** Rooms, groups, equipment and fleets: no more in use than there is. */
    private Constraint things(ConstraintFactory factory) {
        return factory.forEach(Session.class)
                .flattenLast(USES)
                .groupBy(Area.Use::resource, toList())
                .penalizeLong(HARD, Rules::beyond)
                .asConstraint("things");
    }

    /** Return the minutes in which more than there is of a thing is in use. */
    static long beyond(Integer resource, List<Area.Use> uses) {
        List<Area.Use> taken = Area.taken.get(resource);
        int limit = Area.quantity[resource];
        int count = uses.size() + taken.size();
        if (count < 2 && uses.get(0).units() <= limit) {
            return 0;
        }
        // Blocks may ask for more than there is, and then take all.
        long[] changes = new long[2 * count];
        int at = 0;
        for (Area.Use use : uses) {
            changes[at++] = change(use.start(), use.units(), false);
            changes[at++] = change(use.end(), -use.units(), false);
        }
        for (Area.Use use : taken) {
            changes[at++] = change(use.start(), use.units(), true);
            changes[at++] = change(use.end(), -use.units(), true);
        }
        Arrays.sort(changes);
        long wrong = 0;
        int inUse = 0;
        int blocked = 0;
        for (int i = 0; i < changes.length; i++) {
            int units = (int) ((changes[i] & 0xFFFF) >> 1) - 8192;
            if ((changes[i] & 1) == 1) {
                blocked += units;
            } else {
                inUse += units;
            }
            if (i + 1 < changes.length && inUse > 0) {
                int over = inUse + Math.min(blocked, limit) - limit;
                wrong += over > 0 ? over * ((changes[i + 1] >> 16) - (changes[i] >> 16)) : 0;
            }
        }
        return wrong;
    }

    private static long change(int minute, int units, boolean block) {
        // Trips may begin before the week does; what is left of the number sorts by minute.
        return ((long) (minute + 10_000) << 16) | (units + 8192) << 1 | (block ? 1 : 0);
    }

    private BiConstraintStream<Integer, Week> weeks(ConstraintFactory factory) {
        return factory.forEach(Session.class)
                .flattenLast(PARTS)
                .groupBy(Area.Part::member, toList())
                .map(FIRST, WEEK);
    }

    private static final java.util.function.BiFunction<Integer, List<Area.Part>, Integer> FIRST =
            (member, parts) -> member;
    private static final java.util.function.BiFunction<Integer, List<Area.Part>, Week> WEEK =
            Week::of;

    /** Staff: in one event at a time, with time for the ways, within hours a day and a week. */
    private Constraint ways(ConstraintFactory factory) {
        return weeks(factory)
                .filter((member, week) -> week.wrong() > 0)
                .penalizeLong(HARD, (member, week) -> week.wrong())
                .asConstraint("ways");
    }

    private Constraint work(ConstraintFactory factory) {
        return weeks(factory)
                .penalizeLong(COST, (member, week) -> week.work() * Area.staff.get(member).hourly())
                .asConstraint("work");
    }

    private Constraint homeCover(ConstraintFactory factory) {
        return weeks(factory)
                .flattenLast(Week::away)
                .filter((member, away) -> Area.maxAway[away.institution()] >= 0)
                .groupBy((member, away) -> away.institution(), toList((member, away) -> away))
                .penalizeLong(HARD, Rules::uncovered)
                .asConstraint("home cover");
    }

    static long uncovered(Integer institution, List<Week.Away> away) {
        int limit = Area.maxAway[institution];
        if (away.size() <= limit) {
            return 0;
        }
        int[] starts = away.stream().mapToInt(Week.Away::start).sorted().toArray();
        int[] ends = away.stream().mapToInt(Week.Away::end).sorted().toArray();
        long wrong = 0;
        int back = 0;
        for (int gone = 0; gone < starts.length; gone++) {
            while (ends[back] <= starts[gone]) {
                back++;
            }
            wrong += Math.max(0, gone + 1 - back - limit) * 15L;
        }
        return wrong;
    }

    private BiConstraintStream<Area.Need, List<Area.Served>> byNeed(ConstraintFactory factory) {
        UniConstraintStream<Area.Served> got = factory.forEach(Session.class).flattenLast(NEEDS);
        return factory.forEach(Area.Need.class)
                .map(MERE)
                .concat(got)
                .groupBy(Area.Served::need, toList());
    }

    private static final Function<Area.Need, Area.Served> MERE =
            need -> new Area.Served(need, null);

    /** No more sessions than wanted, what is kept from today, days between, the same staff. */
    private Constraint needs(ConstraintFactory factory) {
        return byNeed(factory).penalizeLong(HARD, Rules::amiss).asConstraint("needs");
    }

    static long amiss(Area.Need need, List<Area.Served> served) {
        int count = served.size() - 1;
        long wrong = 100L * Math.max(0, count - need.sessions());
        wrong += 100L * Math.max(0, need.kept() - count);
        if (count < 2) {
            return wrong;
        }
        int[] days = served.stream()
                .filter(one -> one.option() != null && one.option().price() < 0)
                .mapToInt(one -> one.option().start() / Week.DAY).sorted().toArray();
        for (int at = 1; at < days.length; at++) {
            wrong += 100L * Math.max(0, need.minDays() - (days[at] - days[at - 1]));
        }
        if (need.same()) {
            HashSet<List<Integer>> teams = new HashSet<>();
            for (Area.Served one : served) {
                if (one.option() != null && one.option().price() < 0) {
                    teams.add(one.option().team());
                }
            }
            wrong += 100L * Math.max(0, teams.size() - 1);
        }
        return wrong;
    }

    private Constraint budget(ConstraintFactory factory) {
        return factory.forEach(Session.class)
                .filter(session -> session.getOption().price() > 0)
                .groupBy(sum(session -> session.getOption().price()))
                .filter(spent -> Area.budget >= 0 && spent > Area.budget)
                .penalizeLong(HARD, spent -> spent - Area.budget)
                .asConstraint("budget");
    }

    private Constraint served(ConstraintFactory factory) {
        return factory.forEach(Session.class)
                .rewardLong(SERVED, session -> session.getOption().served())
                .asConstraint("served");
    }

    private Constraint fairness(ConstraintFactory factory) {
        return byNeed(factory)
                .groupBy((need, served) -> need.institution(),
                        sumLong((need, served) -> (long) need.weight()
                                * (need.sessions() - Math.min(served.size() - 1, need.sessions()))))
                .filter((institution, unserved) -> unserved > 0)
                .groupBy(max((Integer institution, Long unserved) ->
                        1000 * unserved / Area.wanted[institution]))
                .penalizeLong(FAIRNESS, share -> share)
                .asConstraint("fairness");
    }

    private Constraint cost(ConstraintFactory factory) {
        return factory.forEach(Session.class)
                .impactLong(COST, session -> -session.getOption().cost())
                .asConstraint("cost");
    }

    private Constraint comfort(ConstraintFactory factory) {
        return factory.forEach(Session.class)
                .impactLong(COMFORT, session -> -session.getOption().comfort())
                .asConstraint("comfort");
    }
}
