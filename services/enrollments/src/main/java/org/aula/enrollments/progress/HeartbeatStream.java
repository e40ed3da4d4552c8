package org.aula.enrollments.progress;

import io.grpc.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.enrollments.enrollment.LearningClock;
import org.aula.enrollments.enrollment.LessonProgress;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The heartbeats of one stream on their way to the database. The first of a lesson is written at once, so
/// that a refusal comes at once; further ones are put together and written after a while, when the lesson
/// changes, and when the stream ends, however it ends.
///
/// Between heartbeats the stream counts no more time than has passed; the learner's clock in the database
/// then decides about all of it, and about other devices.
final class HeartbeatStream {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatStream.class);
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeats").factory());

    private final Function<Heartbeat, LessonProgress> write;
    private final Duration writtenWithin;
    private final Clock clock;
    private final CallScope scope = CallScope.current();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Heartbeat waiting;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable LearningClock counted;
    private @Nullable LessonProgress written;
    private @Nullable RuntimeException failure;
    private long count;

    /// What a stream came to.
    record Outcome(LessonProgress progress, long count) {}

    /// @param write writes a heartbeat, in a transaction of its own
    /// @param writtenWithin how long a heartbeat may wait for further ones
    HeartbeatStream(Function<Heartbeat, LessonProgress> write, Duration writtenWithin, Clock clock) {
        this.write = write;
        this.writtenWithin = writtenWithin;
        this.clock = clock;
    }

    /// Takes a heartbeat.
    ///
    /// @throws RuntimeException what kept this one or an earlier one from being written
    void take(Heartbeat heartbeat) {
        lock.lock();
        try {
            requireNoFailure();
            var last = waiting;
            if (last != null && !last.isOfSameLesson(heartbeat)) {
                writeWaiting();
            }
            var next = heartbeat.counting(count(heartbeat.spent()));
            count++;
            if (waiting != null) {
                waiting = waiting.followedBy(next);
            } else if (isKnown(next)) {
                waiting = next;
                timer = TIMER.schedule(this::writeLater, writtenWithin.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                written = write.apply(next);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Writes what waits.
    ///
    /// @throws org.aula.kernel.error.ServiceException HEARTBEAT_MISSING
    Outcome end() {
        lock.lock();
        try {
            requireNoFailure();
            writeWaiting();
            if (written == null) {
                throw Errors.invalid(
                        ErrorReason.ERROR_REASON_HEARTBEAT_MISSING, "time_spent", "the stream had no heartbeat");
            }
            return new Outcome(written, count);
        } finally {
            lock.unlock();
        }
    }

    /// The call is over, whatever ended it: what came before is written all the same, in the caller's name
    /// but past the call's deadline.
    void close() {
        lock.lock();
        try {
            if (waiting != null) {
                scope.attachTo(Context.ROOT).run(this::writeWaiting);
            }
        } catch (RuntimeException failed) {
            LOG.warn("heartbeats of a stream that broke off are lost", failed);
        } finally {
            lock.unlock();
        }
    }

    private void writeLater() {
        Thread.ofVirtual().start(() -> {
            lock.lock();
            try {
                scope.attachTo(Context.ROOT).run(this::writeWaiting);
            } catch (RuntimeException failed) {
                LOG.debug("told with the next heartbeat, or at the end", failed);
            } finally {
                lock.unlock();
            }
        });
    }

    private void writeWaiting() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        var heartbeat = waiting;
        if (heartbeat == null) {
            return;
        }
        waiting = null;
        try {
            written = write.apply(heartbeat);
        } catch (RuntimeException failed) {
            failure = failed;
            throw failed;
        }
    }

    private boolean isKnown(Heartbeat heartbeat) {
        return written != null
                && written.enrollmentId().equals(heartbeat.enrollmentId())
                && written.lessonId().equals(heartbeat.lessonId());
    }

    private Duration count(Duration spent) {
        var now = clock.instant();
        var tick = (counted == null ? LearningClock.of(now) : counted).tick(spent, now);
        counted = tick.clock();
        return tick.counted();
    }

    private void requireNoFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
