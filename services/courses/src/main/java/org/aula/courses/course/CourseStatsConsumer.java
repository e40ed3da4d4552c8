package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.UserEnrolled;
import org.aula.kernel.events.EventConsumer;

/// Counts enrolments, so that lists of courses need not ask another service.
@Singleton
final class CourseStatsConsumer implements EventConsumer {

    private final CourseRepository courses;

    CourseStatsConsumer(CourseRepository courses) {
        this.courses = courses;
    }

    @Override
    public String name() {
        return "courses.stats";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(new Subscription<>(
                UserEnrolled.getDefaultInstance(),
                (handle, event, envelope) -> courses.countEnrollment(handle, UUID.fromString(event.getCourseId()))));
    }
}
