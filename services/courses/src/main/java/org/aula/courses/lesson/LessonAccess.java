package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courseaccess.CourseGuard;
import org.aula.courseaccess.Person;
import org.aula.courseaccess.ReadableLesson;
import org.aula.courses.course.Course;
import org.aula.courses.course.CourseAccess;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// Decides who may read or change what a lesson teaches.
@Singleton
final class LessonAccess {

    private final LessonRepository lessons;
    private final CourseAccess courseAccess;
    private final CourseGuard guard;
    private final Database database;

    LessonAccess(LessonRepository lessons, CourseAccess courseAccess, CourseGuard guard, Database database) {
        this.lessons = lessons;
        this.courseAccess = courseAccess;
        this.guard = guard;
        this.database = database;
    }

    /// Lets those pass who may read the content.
    ///
    /// @return whether the caller sees everything of it at any time, as its owner and reviewers do
    /// @throws ServiceException NOT_FOUND with LESSON_NOT_FOUND; PERMISSION_DENIED with ENROLLMENT_REQUIRED;
    ///     FAILED_PRECONDITION with LESSON_NOT_RELEASED or LESSON_PREREQUISITE_MISSING
    boolean requireReader(UUID lessonId) {
        var lesson =
                Optional.ofNullable(mayRead(List.of(lessonId)).get(lessonId)).orElseThrow(LessonAccess::notFound);
        lesson.requireReleased(
                ErrorReason.ERROR_REASON_LESSON_NOT_RELEASED, ErrorReason.ERROR_REASON_LESSON_PREREQUISITE_MISSING);
        return switch (lesson.reading()) {
            case ALWAYS -> true;
            case OPEN -> false;
            case NOT_RELEASED, PREREQUISITE_MISSING -> throw new IllegalStateException("refused above");
            case ENROLLMENT_REQUIRED ->
                throw Errors.permissionDenied(
                        ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, "an enrollment in the course is required");
            case HIDDEN -> throw notFound();
        };
    }

    /// Lets those pass who may change the content.
    ///
    /// @return the lesson's course
    /// @throws ServiceException NOT_FOUND with LESSON_NOT_FOUND, PERMISSION_DENIED with NOT_OWNER
    Course requireAuthor(UUID lessonId) {
        return database.query(
                        () -> lessons.find(lessonId).flatMap(lesson -> courseAccess.findToChange(lesson.courseId())))
                .orElseThrow(LessonAccess::notFound);
    }

    /// The lessons as the caller may see them: where one is elsewhere is for those who may read it. Asks
    /// only when there is something to hide.
    List<Lesson> shown(List<Lesson> listed) {
        var elsewhere = listed.stream()
                .filter(lesson -> !lesson.externalUrl().isEmpty())
                .map(Lesson::id)
                .toList();
        if (elsewhere.isEmpty()) {
            return listed;
        }
        var readable = mayRead(elsewhere);
        return listed.stream()
                .map(lesson -> lesson.externalUrl().isEmpty() || isAllowed(readable.get(lesson.id()))
                        ? lesson
                        : lesson.closed())
                .toList();
    }

    private Map<UUID, ReadableLesson> mayRead(Collection<UUID> lessonIds) {
        return database.query(() -> guard.mayRead(lessonIds, Person.calling()));
    }

    /// A lesson that was deleted meanwhile shows nothing.
    private static boolean isAllowed(@Nullable ReadableLesson lesson) {
        return lesson != null && lesson.reading().isAllowed();
    }

    /// NOT_FOUND with LESSON_NOT_FOUND.
    static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, "lesson not found");
    }
}
