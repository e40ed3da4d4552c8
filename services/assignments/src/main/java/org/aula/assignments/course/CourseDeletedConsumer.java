package org.aula.assignments.course;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.CourseDeleted;
import org.aula.kernel.events.EventConsumer;

/// Deletes what a deleted draft had. Nobody was ever enrolled in it, so that nothing was handed in.
@Singleton
final class CourseDeletedConsumer implements EventConsumer {

    private final CourseRepository courses;

    CourseDeletedConsumer(CourseRepository courses) {
        this.courses = courses;
    }

    @Override
    public String name() {
        return "assignments.courses";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(new Subscription<>(
                CourseDeleted.getDefaultInstance(),
                (event, envelope) -> courses.deleteAllOf(UUID.fromString(event.getCourseId()))));
    }
}
