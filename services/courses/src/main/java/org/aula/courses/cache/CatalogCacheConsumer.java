package org.aula.courses.cache;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.courses.v1.CourseArchived;
import org.aula.api.courses.v1.CourseDeleted;
import org.aula.api.courses.v1.CoursePublished;
import org.aula.api.courses.v1.CourseUpdated;
import org.aula.api.courses.v1.ReviewChanged;
import org.aula.kernel.events.CommitListener;
import org.aula.kernel.events.EventConsumer;

/// Drops what the service's own events make stale: in the process of the change right after its commit, so
/// that whoever made it reads it; and once more when the stream tells of it, for when that process died or
/// did not reach Redis. While Redis is away the event waits.
@Singleton
final class CatalogCacheConsumer implements EventConsumer, CommitListener {

    private final CatalogCache cache;

    CatalogCacheConsumer(CatalogCache cache) {
        this.cache = cache;
    }

    @Override
    public String name() {
        return "courses.cache";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                new Subscription<>(
                        CoursePublished.getDefaultInstance(), (handle, event, envelope) -> drop(event.getCourseId())),
                new Subscription<>(
                        CourseUpdated.getDefaultInstance(), (handle, event, envelope) -> drop(event.getCourseId())),
                new Subscription<>(
                        CourseArchived.getDefaultInstance(), (handle, event, envelope) -> drop(event.getCourseId())),
                new Subscription<>(
                        CourseDeleted.getDefaultInstance(), (handle, event, envelope) -> drop(event.getCourseId())),
                new Subscription<>(
                        ReviewChanged.getDefaultInstance(), (handle, event, envelope) -> drop(event.getCourseId())));
    }

    @Override
    public void committed(Message event) {
        var courseId = switch (event) {
            case CoursePublished published -> published.getCourseId();
            case CourseUpdated updated -> updated.getCourseId();
            case CourseArchived archived -> archived.getCourseId();
            case CourseDeleted deleted -> deleted.getCourseId();
            case ReviewChanged changed -> changed.getCourseId();
            default -> "";
        };
        if (!courseId.isEmpty()) {
            cache.courseChanged(UUID.fromString(courseId));
        }
    }

    private void drop(String courseId) {
        cache.courseChangedSurely(UUID.fromString(courseId));
    }
}
