package org.aula.enrollments.progress;

import java.time.Duration;
import java.util.UUID;

/// Where a learner is in a lesson, and how long since the heartbeat before.
record Heartbeat(UUID enrollmentId, UUID lessonId, Duration position, Duration spent) {

    boolean isOfSameLesson(Heartbeat other) {
        return enrollmentId.equals(other.enrollmentId) && lessonId.equals(other.lessonId);
    }

    Heartbeat counting(Duration counted) {
        return new Heartbeat(enrollmentId, lessonId, position, counted);
    }

    /// Both in one: the place of the later, the time of both.
    Heartbeat followedBy(Heartbeat later) {
        return later.counting(spent.plus(later.spent));
    }
}
