package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.enrollments.v1.UserEnrolled;
import org.aula.courses.cache.CatalogCache;
import org.aula.kernel.events.EventConsumer;

/// Counts enrollments, so that lists of courses need not ask another service.
@Singleton
final class CourseStatsConsumer implements EventConsumer {

    private final CourseRepository courses;
    private final CatalogCache cache;

    CourseStatsConsumer(CourseRepository courses, CatalogCache cache) {
        this.courses = courses;
        this.cache = cache;
    }

    @Override
    public String name() {
        return "courses.stats";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(new Subscription<>(UserEnrolled.getDefaultInstance(), (handle, event, envelope) -> {
            var courseId = UUID.fromString(event.getCourseId());
            courses.countEnrollment(handle, courseId);
            handle.afterCommit(() -> cache.countsChanged(courseId));
        }));
    }
}
