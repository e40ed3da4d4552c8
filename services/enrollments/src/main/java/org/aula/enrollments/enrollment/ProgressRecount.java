package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.aula.enrollments.certificate.CertificateIssuer;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Compares every open enrollment's percentage with what its lessons come to now, and fixes what differs:
/// courses that got or lost lessons after the learner's last one, and anything that should never happen.
/// Who has completed all that is left completes the course by it, and completed courses get the certificate
/// that they lack. May be repeated, and may run beside learners at work.
@Singleton
public final class ProgressRecount {

    private static final int BATCH = 500;

    private final EnrollmentRepository enrollments;
    private final ProgressRepository progresses;
    private final ProgressService progressService;
    private final CertificateIssuer certificates;
    private final Database database;
    private final Clock clock;

    ProgressRecount(
            EnrollmentRepository enrollments,
            ProgressRepository progresses,
            ProgressService progressService,
            CertificateIssuer certificates,
            Database database,
            Clock clock) {
        this.enrollments = enrollments;
        this.progresses = progresses;
        this.progressService = progressService;
        this.certificates = certificates;
        this.database = database;
        this.clock = clock;
    }

    /// A percentage that was not what the lessons come to.
    public record Drift(UUID enrollmentId, BigDecimal was, BigDecimal is) {}

    /// What a recount found and fixed.
    ///
    /// @param examined enrollments that were compared
    /// @param drifted those whose percentage differed
    /// @param completed those of them that completed their course by it
    /// @param certified completed ones that got the certificate that they lacked
    public record Report(long examined, long drifted, long completed, long certified) {

        private static final Report NONE = new Report(0, 0, 0, 0);

        private Report plus(Report other) {
            return new Report(
                    examined + other.examined,
                    drifted + other.drifted,
                    completed + other.completed,
                    certified + other.certified);
        }
    }

    /// Looks at all enrollments, in batches.
    ///
    /// @param fix false only reports
    /// @param onDrift takes each drift as it is found
    public Report run(boolean fix, Consumer<Drift> onDrift) {
        var report = Report.NONE;
        UUID after = null;
        while (true) {
            var batch = batch(after);
            for (var found : batch) {
                report = report.plus(examine(found, fix, onDrift));
            }
            if (batch.size() < BATCH) {
                return report;
            }
            after = batch.getLast().enrollmentId();
        }
    }

    private List<Reconciliation> batch(@Nullable UUID after) {
        return database.query(() -> progresses.recount(after, BATCH));
    }

    private Report examine(Reconciliation found, boolean fix, Consumer<Drift> onDrift) {
        var drifted = found.hasDrifted();
        if (drifted) {
            onDrift.accept(new Drift(
                    found.enrollmentId(), found.percentage(), found.completion().percentage()));
        }
        var lacksCertificate = found.completed() && !found.certified();
        if (!fix || !drifted && !lacksCertificate) {
            return new Report(1, drifted ? 1 : 0, 0, 0);
        }
        return database.transact(() -> fix(found.enrollmentId(), drifted));
    }

    /// Reads again under the row's lock: the learner may have gone on meanwhile.
    private Report fix(UUID enrollmentId, boolean drifted) {
        var now = Times.now(clock);
        var before = enrollments.lock(enrollmentId).orElseThrow();
        var completion = progresses.completion(before.id(), before.courseId());
        var next = before;
        if (!before.isActive(now)) {
            return new Report(1, drifted ? 1 : 0, 0, 0);
        }
        if (before.percentage().compareTo(completion.percentage()) != 0 || isNewlyWhole(before, completion)) {
            next = progressService.advance(before, before.advanced(completion, now), now);
        }
        var completedNow = before.status() != next.status() && next.status() == Enrollment.Status.COMPLETED;
        var wasCompleted = before.status() == Enrollment.Status.COMPLETED;
        var certified = wasCompleted
                && certificates.issue(
                        next.id(), next.userId(), next.courseId(), Objects.requireNonNullElse(next.completedAt(), now));
        return new Report(1, drifted ? 1 : 0, completedNow ? 1 : 0, certified ? 1 : 0);
    }

    private static boolean isNewlyWhole(Enrollment enrollment, Completion completion) {
        return enrollment.status() != Enrollment.Status.COMPLETED && completion.isWhole();
    }
}
