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
                        (event, envelope) -> gradebook.markDirty(
                                UUID.fromString(event.getCourseId()),
                                UUID.fromString(event.getUserId()),
                                Times.now(clock))),
                new Subscription<>(
                        QuizPublished.getDefaultInstance(),
                        (event, envelope) -> published
                                .quiz(UUID.fromString(event.getQuizId()), event.getVersion())
                                .ifPresent(item -> save(item))),
                new Subscription<>(
                        FileAssignmentPublished.getDefaultInstance(),
                        (event, envelope) -> published
                                .fileAssignment(UUID.fromString(event.getFileAssignmentId()), event.getVersion())
                                .ifPresent(item -> save(item))),
                new Subscription<>(
                        CourseDeleted.getDefaultInstance(),
                        (event, envelope) -> forget(UUID.fromString(event.getCourseId()))));
    }

    private void forget(UUID courseId) {
        gradebook.deleteSettings(courseId);
        gradebook.deleteItemsWithoutScore(courseId);
    }

    private void save(Item item) {
        gradebook.saveItem(item);
        gradebook.markCourseDirty(item.courseId());
    }
}
