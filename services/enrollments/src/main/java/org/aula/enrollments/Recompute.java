package org.aula.enrollments;

import java.util.Arrays;
import java.util.List;
import org.aula.enrollments.enrollment.ProgressRecount;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.service.ServiceProcess;

/// Compares percentages with what the lessons come to, fixes them, and reports what differed.
/// `--report-only` changes nothing.
public final class Recompute {

    private static final String REPORT_ONLY = "--report-only";

    private Recompute() {}

    /// Exits with 2 for arguments that it does not know.
    public static void main(String[] arguments) throws Exception {
        var unknown = Arrays.stream(arguments)
                .filter(argument -> !argument.equals(REPORT_ONLY))
                .toList();
        if (!unknown.isEmpty()) {
            System.err.println("unknown: " + unknown + "; there is only " + REPORT_ONLY);
            System.exit(2);
        }
        var fix = !List.of(arguments).contains(REPORT_ONLY);
        try (var context = ServiceProcess.beansOnly("enrollments", System.getenv())) {
            var recount = context.getBean(ProgressRecount.class);
            var report =
                    CallScope.runAsService("enrollments", "recompute", "", () -> recount.run(fix, Recompute::print));
            System.out.printf(
                    "%d enrollments: %d drifted, %d completed by it, %d certificates made up for%s%n",
                    report.examined(),
                    report.drifted(),
                    report.completed(),
                    report.certified(),
                    fix ? "" : " (nothing changed)");
        }
    }

    private static void print(ProgressRecount.Drift drift) {
        System.out.println(drift.enrollmentId() + " was " + drift.was() + " %, is " + drift.is() + " %");
    }
}
