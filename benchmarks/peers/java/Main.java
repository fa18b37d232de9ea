import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Solves an area until a moment, once in each thread, and prints each plan better than before. */
public final class Main {

    private static final PrintStream OUT = System.out;
    private static BendableLongScore best;

    private Main() {}

    /** Arguments: file, moment to end at (milliseconds of the epoch), threads. */
    public static void main(String[] arguments) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> {
            problem.printStackTrace();
            System.exit(1);
        });
        List<Session> sessions = Area.read(Path.of(arguments[0]));
        long end = Long.parseLong(arguments[1]);
        List<Thread> threads = new ArrayList<>();
        for (int seed = 0; seed < Integer.parseInt(arguments[2]); seed++) {
            SolverConfig config = config(seed)
                    .withTerminationSpentLimit(
                            Duration.ofMillis(Math.max(1, end - System.currentTimeMillis())));
            Solver<Plan> solver = SolverFactory.<Plan>create(config).buildSolver();
            solver.addEventListener(event -> {
                if (event.isEveryProblemChangeProcessed()) {
                    tell(event.getNewBestSolution());
                }
            });
            Thread thread = new Thread(() -> solver.solve(new Plan(Area.needs, copies(sessions))));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        OUT.flush();
    }

    static SolverConfig config(int seed) {
        return new SolverConfig()
                .withSolutionClass(Plan.class)
                .withEntityClasses(Session.class)
                .withConstraintProviderClass(Rules.class)
                .withRandomSeed((long) seed)
                .withPhases(new ConstructionHeuristicPhaseConfig(), search());
    }

    private static LocalSearchPhaseConfig search() {
        return new LocalSearchPhaseConfig();
    }

    private static List<Session> copies(List<Session> sessions) {
        List<Session> copies = new ArrayList<>();
        for (Session session : sessions) {
            copies.add(session.copy());
        }
        return copies;
    }

    private static synchronized void tell(Plan plan) {
        BendableLongScore score = plan.getScore();
        if (best != null && score.compareTo(best) <= 0) {
            return;
        }
        best = score;
        StringBuilder line = new StringBuilder().append(System.currentTimeMillis());
        line.append(' ').append(score.hardScore(0));
        for (int level = 0; level < 4; level++) {
            line.append(' ').append(score.softScore(level));
        }
        for (Session session : plan.getSessions()) {
            if (session.getOption() != null) {
                line.append(' ').append(session.getOption().id());
            }
        }
        OUT.println(line);
    }
}
