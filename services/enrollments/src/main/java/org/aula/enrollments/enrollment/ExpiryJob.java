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
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Ends the enrollments whose time is over, a batch in each transaction. Nobody waits for it to shut
/// lessons: these look at the time themselves. Their seats are free only then.
@Singleton
final class ExpiryJob implements RecurringJob {

    private static final int BATCH = 500;

    private final EnrollmentRepository enrollments;
    private final Seats seats;
    private final Outbox outbox;
    private final Database database;
    private final Clock clock;

    ExpiryJob(EnrollmentRepository enrollments, Seats seats, Outbox outbox, Database database, Clock clock) {
        this.enrollments = enrollments;
        this.seats = seats;
        this.outbox = outbox;
        this.database = database;
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
            ended = database.transact(this::expire);
        } while (ended == BATCH);
    }

    private int expire() {
        var now = Times.now(clock);
        var over = enrollments.lockPastTime(now, BATCH);
        if (over.isEmpty()) {
            return 0;
        }
        enrollments.expire(over.stream().map(Enrollment::id).toList(), now);
        outbox.appendAll(over.stream()
                .map(enrollment -> EnrollmentEvents.statusChanged(enrollment, enrollment.expired()))
                .toList());
        var byCourse = over.stream()
                .collect(Collectors.groupingBy(
                        enrollment -> enrollment.courseId(), TreeMap<UUID, Long>::new, Collectors.counting()));
        byCourse.forEach((courseId, count) -> seats.release(courseId, count.intValue()));
        return over.size();
    }
}
