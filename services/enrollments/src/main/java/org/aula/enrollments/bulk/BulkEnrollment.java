package org.aula.enrollments.bulk;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.aula.kernel.operation.OperationRun;
import org.aula.kernel.operation.OperationWorker;
import org.aula.kernel.operation.Operations;
import org.aula.kernel.postgres.Database;

/// Works through a list, a batch in each transaction, which also writes how far it is: what a crash ends
/// goes on behind the last batch that was committed, so that no line is lost or done twice.
///
/// [BulkSettings] says how many lines go into one transaction.
///
/// Enrollments that were made stay, also when the owner asks for an end: learners may have begun.
@Singleton
final class BulkEnrollment implements OperationWorker {

    static final String KIND = "enrollments.bulk";

    private final EnrollmentListService lists;
    private final ListParts parts;
    private final BatchEnrollment enrollmentService;
    private final BulkRunRepository runs;
    private final Database database;
    private final int batch;

    BulkEnrollment(
            EnrollmentListService lists,
            ListParts parts,
            BatchEnrollment enrollmentService,
            BulkRunRepository runs,
            Database database,
            BulkSettings settings) {
        this.lists = lists;
        this.parts = parts;
        this.enrollmentService = enrollmentService;
        this.runs = runs;
        this.database = database;
        this.batch = settings.bulkBatch();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(OperationRun run) throws IOException {
        var order = ListMapper.order(run.input());
        var list = lists.require(order.listId());
        var total = count(list, run);
        if (order.isDryRun()) {
            var preview = new BatchEnrollment.Preview();
            goThrough(
                    list,
                    run,
                    0,
                    total,
                    lines -> database.query(() -> enrollmentService.preview(list, lines, preview)));
        } else {
            goThrough(list, run, repeatIssues(run), total, lines -> enroll(list, lines, run));
        }
    }

    /// Nothing names what a run made before it is made, so there is nothing to take back.
    @Override
    public void undo(OperationRun run) {
        throw new IllegalStateException("enrollments that were made stay");
    }

    /// A CSV that cannot be read to its end is refused here, before anything is made of it.
    private long count(EnrollmentList list, OperationRun run) throws IOException {
        var total = 0L;
        try (var reader = parts.read(list)) {
            for (var lines = reader.next(batch); !lines.isEmpty(); lines = reader.next(batch)) {
                total += lines.size();
                run.progress(0, 0);
            }
        }
        return total;
    }

    /// Tells again what a run before this one has told.
    ///
    /// @return how many records are done
    private long repeatIssues(OperationRun run) {
        var progress = database.query(() -> progress(run));
        var kept = database.query(() -> runs.findIssues(run.id()));
        tell(run, kept);
        for (var beyond = kept.size(); beyond < progress.issueCount(); beyond++) {
            run.issue("", "", "");
        }
        return progress.records();
    }

    private void goThrough(EnrollmentList list, OperationRun run, long begun, long total, Step step)
            throws IOException {
        try (var reader = parts.read(list)) {
            var done = 0L;
            while (done < begun) {
                done += reader.next((int) Math.min(batch, begun - done)).size();
            }
            for (var lines = reader.next(batch); !lines.isEmpty(); lines = reader.next(batch)) {
                tell(run, step.take(lines));
                done += lines.size();
                run.progress(done, total);
            }
        }
    }

    private List<Issue> enroll(EnrollmentList list, List<ListLine> lines, OperationRun run) {
        return database.transact(() -> {
            var issues = enrollmentService.enroll(list, lines);
            var known = progress(run).issueCount();
            var room = (int) Math.max(0, Math.min(issues.size(), Operations.KEPT_ISSUES - known));
            runs.advance(run.id(), lines.size(), lines.size() - issues.size(), issues.size());
            if (room > 0) {
                runs.insertIssues(run.id(), issues.subList(0, room));
            }
            return issues;
        });
    }

    private BulkRunRepository.Progress progress(OperationRun run) {
        return runs.find(run.id()).orElse(BulkRunRepository.Progress.NONE);
    }

    private static void tell(OperationRun run, List<Issue> issues) {
        issues.forEach(issue -> run.issue("line " + issue.line(), issue.element(), issue.reason()));
    }

    /// Takes lines.
    @FunctionalInterface
    private interface Step {
        /// @return those that came to nothing
        List<Issue> take(List<ListLine> lines);
    }
}
