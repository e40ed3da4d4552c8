package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.enrollments.seat.Seats;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.operation.RecurringJob;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// Ends the enrollments whose time is over, a batch in each transaction. Nobody waits for it to shut
/// lessons: these look at the time themselves. Their seats are free only then.
@Singleton
final class ExpiryJob implements RecurringJob {

    private static final int BATCH = 500;

    private final EnrollmentRepository enrollments;
    private final Seats seats;
    private final Outbox outbox;
    private final Transactions transactions;
    private final Clock clock;

    ExpiryJob(EnrollmentRepository enrollments, Seats seats, Outbox outbox, Transactions transactions, Clock clock) {
        this.enrollments = enrollments;
        this.seats = seats;
        this.outbox = outbox;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "enrollment-expiry";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        int ended;
        do {
            ended = transactions.write(this::expire);
        } while (ended == BATCH);
    }

    private int expire(Handle handle) {
        var now = Times.now(clock);
        var over = enrollments.lockPastTime(handle, now, BATCH);
        if (over.isEmpty()) {
            return 0;
        }
        enrollments.expire(handle, over.stream().map(Enrollment::id).toList(), now);
        outbox.appendAll(
                handle,
                over.stream()
                        .map(enrollment -> EnrollmentEvents.statusChanged(enrollment, enrollment.expired()))
                        .toList());
        var byCourse = over.stream()
                .collect(Collectors.groupingBy(
                        enrollment -> enrollment.courseId(), TreeMap<UUID, Long>::new, Collectors.counting()));
        byCourse.forEach((courseId, count) -> seats.release(handle, courseId, count.intValue()));
        return over.size();
    }
}
