import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is given: read once, the same for every plan. */
public final class Area {

    /** A member of staff; -1 is no limit. */
    public record Member(
            int mode, int home, int institution, int weekly, int lend, long hourly, int[][] open) {}

    /** A need; `institution` is that of its group. */
    public record Need(
            int id, int sessions, int weight, int kept, int institution, int minDays, boolean same) {}

    /** Units of a thing that an option takes from start to end. */
    public record Use(int resource, int start, int end, int units) {}

    /** A need that an option serves; without an option, the mere need. */
    public record Served(Need need, Option option) {}

    /** Someone who takes part in an option. */
    public record Part(int member, Option option) {}

    /** An event with everything decided, or a bought session, which takes nothing. */
    public record Option(
            int id, int start, int end, int site, int served, long cost, int comfort,
            boolean standing, int price, List<Served> needs, List<Part> staff, List<Use> uses) {

        /** Which staff: the same text for the same people. */
        public List<Integer> team() {
            return staff.stream().map(Part::member).toList();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return id;
        }
    }

    static int[][][] travel;
    static List<Member> staff = new ArrayList<>();
    static int[] maxAway;
    static int[] wanted;
    static int maxMinutes, maxSpan, rest, maxSites, budget;
    static List<Need> needs = new ArrayList<>();
    static int[] quantity;
    static List<List<Use>> taken = new ArrayList<>();
    static List<Option> options = new ArrayList<>();

    private Area() {}

    static int minutes(int mode, int from, int to) {
        return travel[mode][from][to];
    }

    /** Read the lines that `timefold.py` writes and return the sessions to plan. */
    static List<Session> read(Path file) throws IOException {
        List<Session> sessions = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            int[] n = new int[words.length];
            for (int at = 1; at < words.length; at++) {
                n[at] = Integer.parseInt(words[at]);
            }
            switch (words[0]) {
                case "sizes" -> {
                    travel = new int[n[1]][n[2]][];
                    maxAway = new int[n[3]];
                    wanted = new int[n[3]];
                    quantity = new int[n[4]];
                    for (int at = 0; at < n[4]; at++) {
                        taken.add(new ArrayList<>());
                    }
                }
                case "limits" -> {
                    maxMinutes = n[1];
                    maxSpan = n[2];
                    rest = n[3];
                    maxSites = n[4];
                    budget = n[5];
                }
                case "travel" -> travel[n[1]][n[2]] = tail(n, 3);
                case "institution" -> {
                    maxAway[n[1]] = n[2];
                    wanted[n[1]] = n[3];
                }
                case "staff" -> {
                    int[][] open = new int[(n.length - 7) / 2][];
                    for (int at = 0; at < open.length; at++) {
                        open[at] = new int[] {n[7 + 2 * at], n[8 + 2 * at]};
                    }
                    staff.add(new Member(n[1], n[2], n[3], n[4], n[5], n[6], open));
                }
                case "need" -> needs.add(new Need(
                        needs.size(), n[1], n[2], n[3], n[4], n[5], n[6] > 0));
                case "resource" -> quantity[n[1]] = n[2];
                case "taken" -> taken.get(n[1]).add(new Use(n[1], n[2], n[3], n[4]));
                case "option" -> options.add(option(n));
                case "session" -> {
                    List<Option> range = new ArrayList<>();
                    for (int at : tail(n, 3)) {
                        range.add(options.get(at));
                    }
                    Option begin = n[2] < 0 ? null : options.get(n[2]);
                    sessions.add(new Session(sessions.size(), range, begin, n[1] == 1));
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
        return sessions;
    }

    private static int[] tail(int[] all, int from) {
        return java.util.Arrays.copyOfRange(all, from, all.length);
    }

    private static Option option(int[] n) {
        List<Served> served = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        List<Use> uses = new ArrayList<>();
        Option option = new Option(options.size(), n[1], n[2], n[3], n[4], 60L * n[5] + n[6], n[7],
                n[8] > 0, n[9], served, parts, uses);
        int at = 10;
        for (int left = n[at++]; left > 0; left--) {
            served.add(new Served(needs.get(n[at++]), option));
        }
        for (int left = n[at++]; left > 0; left--) {
            parts.add(new Part(n[at++], option));
        }
        for (; at < n.length; at += 4) {
            uses.add(new Use(n[at], n[at + 1], n[at + 2], n[at + 3]));
        }
        return option;
    }
}
