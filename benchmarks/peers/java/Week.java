import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What one member of staff does: tours through each open interval, as the checker sees them. */
public record Week(int member, long wrong, long work, List<Away> away) {

    static final int DAY = 24 * 60;

    /** One stretch away from the own site. */
    public record Away(int institution, int start, int end) {}

    /** Return the week of a member who takes part in some options. */
    static Week of(int id, List<Area.Part> parts) {
        Area.Member member = Area.staff.get(id);
        List<Area.Option> events = new ArrayList<>();
        for (Area.Part part : parts) {
            events.add(part.option());
        }
        events.sort(Comparator.comparingInt(Area.Option::start)
                .thenComparingInt(Area.Option::end).thenComparingInt(Area.Option::id));
        long wrong = 0;
        long work = 0;
        long lent = 0;
        int[] dayWork = new int[7];
        int[] departs = new int[7];
        int[] returns = new int[7];
        List<Set<Integer>> sites = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            departs[day] = Integer.MAX_VALUE;
            returns[day] = Integer.MIN_VALUE;
            sites.add(new TreeSet<>());
        }
        List<Away> away = new ArrayList<>();
        int from = 0;
        while (from < events.size()) {
            int[] open = open(member, events.get(from));
            int to = from + 1;
            while (to < events.size() && open != null && open(member, events.get(to)) == open) {
                to++;
            }
            Area.Option first = events.get(from);
            Area.Option last = events.get(to - 1);
            int day = first.start() / DAY;
            int departure = first.start() - way(member, member.home(), first.site());
            int back = last.end() + way(member, last.site(), member.home());
            int minutes = first.start() - departure + back - last.end();
            if (open != null) {
                wrong += Math.max(0, open[0] - departure) + Math.max(0, back - open[1]);
            }
            int left = first.site() == member.home() ? -1 : departure;
            for (int at = from; at < to; at++) {
                Area.Option event = events.get(at);
                minutes += event.end() - event.start();
                if (!event.standing() && lent(member, event)) {
                    lent += event.end() - event.start();
                }
                if (event.site() != member.home()) {
                    sites.get(day).add(event.site());
                }
                if (at + 1 == to) {
                    break;
                }
                Area.Option next = events.get(at + 1);
                int gap = next.start() - event.end();
                int byHome = way(member, event.site(), member.home())
                        + way(member, member.home(), next.site());
                minutes += Math.max(0, Math.min(gap, byHome));
                if (gap < byHome) {
                    wrong += Math.max(0, way(member, event.site(), next.site()) - gap);
                }
                boolean home = gap >= byHome || next.site() == member.home();
                if (left >= 0 && home) {
                    away.add(new Away(member.institution(), left,
                            event.end() + way(member, event.site(), member.home())));
                    left = -1;
                }
                if (left < 0 && next.site() != member.home()) {
                    left = next.start() - way(member, member.home(), next.site());
                }
            }
            if (left >= 0) {
                away.add(new Away(member.institution(), left, back));
            }
            work += minutes;
            dayWork[day] += minutes;
            departs[day] = Math.min(departs[day], departure);
            returns[day] = Math.max(returns[day], back);
            from = to;
        }
        for (int at = 0; at + 1 < events.size(); at++) {
            wrong += Math.max(0, events.get(at).end() - events.get(at + 1).start());
        }
        int before = -1;
        for (int day = 0; day < 7; day++) {
            if (departs[day] == Integer.MAX_VALUE) {
                continue;
            }
            wrong += Math.max(0, dayWork[day] - Area.maxMinutes);
            wrong += Math.max(0, returns[day] - departs[day] - Area.maxSpan);
            wrong += 60L * Math.max(0, sites.get(day).size() - Area.maxSites);
            if (before >= 0) {
                wrong += Math.max(0, Area.rest - (departs[day] - returns[before]));
            }
            before = day;
        }
        wrong += member.weekly() < 0 ? 0 : Math.max(0, work - member.weekly());
        wrong += member.lend() < 0 ? 0 : Math.max(0, lent - member.lend());
        return new Week(id, wrong, work, away);
    }

    private static int way(Area.Member member, int from, int to) {
        return Area.minutes(member.mode(), from, to);
    }

    private static int[] open(Area.Member member, Area.Option event) {
        for (int[] interval : member.open()) {
            if (interval[0] <= event.start() && event.end() <= interval[1]) {
                return interval;
            }
        }
        return null;
    }

    private static boolean lent(Area.Member member, Area.Option event) {
        for (Area.Served served : event.needs()) {
            if (served.need().institution() != member.institution()) {
                return true;
            }
        }
        return false;
    }
}
