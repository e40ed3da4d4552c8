package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.course.Course;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.CourseRepository;
import org.aula.courses.course.EnrollmentAccessClient;
import org.aula.courses.course.Viewer;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.error.UpstreamException;
import org.aula.kernel.postgres.Database;

/// Decides who may read or change what a lesson teaches. No transaction is open while another service is
/// asked.
@Singleton
final class LessonAccess {

    private record LessonInCourse(Lesson lesson, Course course) {}

    private final LessonRepository lessons;
    private final CourseRepository courses;
    private final CourseAccess courseAccess;
    private final EnrollmentAccessClient enrollments;
    private final Database database;
    private final Clock clock;

    LessonAccess(
            LessonRepository lessons,
            CourseRepository courses,
            CourseAccess courseAccess,
            EnrollmentAccessClient enrollments,
            Database database,
            Clock clock) {
        this.lessons = lessons;
        this.courses = courses;
        this.courseAccess = courseAccess;
        this.enrollments = enrollments;
        this.database = database;
        this.clock = clock;
    }

    /// Lets those pass who may read the content.
    ///
    /// @return whether the caller sees everything of it at any time, as its owner and reviewers do
    /// @throws ServiceException NOT_FOUND with LESSON_NOT_FOUND; PERMISSION_DENIED with ENROLLMENT_REQUIRED,
    ///     LESSON_NOT_RELEASED or PREREQUISITE_MISSING
    boolean requireReader(UUID lessonId) {
        var found = database.query(() -> lessons.find(lessonId)
                        .flatMap(lesson ->
                                courses.find(lesson.courseId()).map(course -> new LessonInCourse(lesson, course))))
                .orElseThrow(LessonAccess::notFound);
        var viewer = Viewer.current();
        var lesson = found.lesson();
        var readers = lesson.readers(found.course(), viewer);
        switch (readers) {
            case VIEWER -> {}
            case EVERYONE -> requireReleased(lesson);
            case OTHERS -> throw notFound();
            case ENROLLED -> {
                var missing = requireEnrolled(viewer, found);
                requireReleased(lesson);
                requireNoneMissing(missing);
            }
        }
        return readers == Lesson.Readers.VIEWER;
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
    /// `enrollments` at most once, and only when there is something to hide. While that service is
    /// unavailable it is hidden, since a list without addresses is worth more than none.
    List<Lesson> shown(List<Lesson> listed) {
        var elsewhere = listed.stream()
                .filter(lesson -> !lesson.externalUrl().isEmpty())
                .toList();
        if (elsewhere.isEmpty()) {
            return listed;
        }
        var viewer = Viewer.current();
        var ids = elsewhere.stream().map(Lesson::courseId).distinct().toList();
        var byId = database.query(() -> courses.findAll(ids)).stream()
                .collect(Collectors.toMap(Course::id, Function.identity()));
        var asked = elsewhere.stream()
                .filter(lesson -> readers(lesson, byId, viewer) == Lesson.Readers.ENROLLED)
                .map(Lesson::courseId)
                .collect(Collectors.toSet());
        var completed = completedOrNone(viewer, asked);
        return listed.stream()
                .map(lesson -> lesson.externalUrl().isEmpty() || isOpen(lesson, byId, viewer, completed)
                        ? lesson
                        : lesson.closed())
                .toList();
    }

    private boolean isOpen(
            Lesson lesson, Map<UUID, Course> courses, Viewer viewer, Map<UUID, Set<UUID>> completedByCourse) {
        return switch (readers(lesson, courses, viewer)) {
            case VIEWER -> true;
            case EVERYONE -> lesson.isReleased(clock.instant());
            case OTHERS -> false;
            case ENROLLED -> {
                var completed = completedByCourse.get(lesson.courseId());
                yield completed != null
                        && lesson.isReleased(clock.instant())
                        && completed.containsAll(lesson.prerequisiteIds());
            }
        };
    }

    /// A course that was deleted meanwhile shows nothing.
    private static Lesson.Readers readers(Lesson lesson, Map<UUID, Course> courses, Viewer viewer) {
        var course = courses.get(lesson.courseId());
        return course == null ? Lesson.Readers.OTHERS : lesson.readers(course, viewer);
    }

    private Map<UUID, Set<UUID>> completedOrNone(Viewer viewer, Collection<UUID> courseIds) {
        var userId = viewer.id();
        if (userId == null || courseIds.isEmpty()) {
            return Map.of();
        }
        try {
            return enrollments.completed(userId, courseIds);
        } catch (UpstreamException unavailable) {
            return Map.of();
        }
    }

    /// @return lessons that come first and are not completed
    private List<UUID> requireEnrolled(Viewer viewer, LessonInCourse found) {
        var userId = viewer.id();
        if (userId == null) {
            throw enrollmentRequired(viewer, found.course());
        }
        var lesson = found.lesson();
        var course = List.of(lesson.courseId());
        if (lesson.prerequisiteIds().isEmpty()) {
            if (enrollments.readable(userId, course).isEmpty()) {
                throw enrollmentRequired(viewer, found.course());
            }
            return List.of();
        }
        var completed = enrollments.completed(userId, course).get(lesson.courseId());
        if (completed == null) {
            throw enrollmentRequired(viewer, found.course());
        }
        return lesson.prerequisiteIds().stream()
                .filter(id -> !completed.contains(id))
                .toList();
    }

    private void requireReleased(Lesson lesson) {
        if (!lesson.isReleased(clock.instant())) {
            throw Errors.permissionDenied(
                    ErrorReason.ERROR_REASON_LESSON_NOT_RELEASED,
                    "this lesson opens later",
                    Map.of("release_time", String.valueOf(lesson.releaseAt())));
        }
    }

    private static void requireNoneMissing(List<UUID> missing) {
        if (!missing.isEmpty()) {
            throw Errors.permissionDenied(
                    ErrorReason.ERROR_REASON_PREREQUISITE_MISSING,
                    "other lessons come first",
                    Map.of("lesson_ids", missing.stream().map(UUID::toString).collect(Collectors.joining(","))));
        }
    }

    /// What left the catalog exists for those who are enrolled only.
    private static ServiceException enrollmentRequired(Viewer viewer, Course course) {
        return course.isVisibleTo(viewer)
                ? Errors.permissionDenied(
                        ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, "an enrollment in the course is required")
                : notFound();
    }

    /// NOT_FOUND with LESSON_NOT_FOUND.
    static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_LESSON_NOT_FOUND, "lesson not found");
    }
}
