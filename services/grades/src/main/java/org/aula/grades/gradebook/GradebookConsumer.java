package org.aula.grades.gradebook;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.FileAssignmentPublished;
import org.aula.api.assignments.v1.QuizPublished;
import org.aula.api.courses.v1.CourseDeleted;
import org.aula.api.enrollments.v1.UserEnrolled;
import org.aula.kernel.events.EventConsumer;
import org.aula.kernel.time.Times;

/// Keeps who is in the gradebook of a course, and what is graded in it. What was deleted meanwhile is left
/// alone.
@Singleton
final class GradebookConsumer implements EventConsumer {

    private final GradebookRepository gradebook;
    private final PublishedItemRepository published;
    private final Clock clock;

    GradebookConsumer(GradebookRepository gradebook, PublishedItemRepository published, Clock clock) {
        this.gradebook = gradebook;
        this.published = published;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "grades.gradebook";
    }

    @Override
    public List<Subscription<?>> subscriptions() {
        return List.of(
                new Subscription<>(
                        UserEnrolled.getDefaultInstance(),
                        (handle, event, envelope) -> gradebook.markDirty(
                                handle,
                                UUID.fromString(event.getCourseId()),
                                UUID.fromString(event.getUserId()),
                                Times.now(clock))),
                new Subscription<>(
                        QuizPublished.getDefaultInstance(),
                        (handle, event, envelope) -> published
                                .quiz(handle, UUID.fromString(event.getQuizId()), event.getVersion())
                                .ifPresent(item -> save(handle, item))),
                new Subscription<>(
                        FileAssignmentPublished.getDefaultInstance(),
                        (handle, event, envelope) -> published
                                .fileAssignment(
                                        handle, UUID.fromString(event.getFileAssignmentId()), event.getVersion())
                                .ifPresent(item -> save(handle, item))),
                new Subscription<>(
                        CourseDeleted.getDefaultInstance(),
                        (handle, event, envelope) -> gradebook.forget(handle, UUID.fromString(event.getCourseId()))));
    }

    private void save(org.jdbi.v3.core.Handle handle, Item item) {
        gradebook.saveItem(handle, item);
        gradebook.markCourseDirty(handle, item.courseId());
    }
}
