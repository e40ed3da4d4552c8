package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.permutation.Permutation;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// Changes of the lessons of one course. They follow each other: the course's row is locked until the end
/// of the caller's transaction, so that limits, orders and the absence of circles hold whoever else writes.
///
/// Every method throws [ServiceException]: NOT_FOUND with LESSON_NOT_FOUND (or what it names),
/// PERMISSION_DENIED with NOT_OWNER, ABORTED with ETAG_MISMATCH when a given etag is not that of the lesson.
@Singleton
final class LessonOutline {

    private static final int MAX_LESSONS = 1_000;

    /// Where an order puts a lesson.
    ///
    /// @param place within the section, from 0
    record Place(UUID lessonId, UUID sectionId, int place) {}

    /// A change: what was there, and what is there now.
    record Change(Lesson before, Lesson after) {}

    private final LessonRepository lessons;
    private final CourseAccess courses;
    private final Clock clock;

    LessonOutline(LessonRepository lessons, CourseAccess courses, Clock clock) {
        this.lessons = lessons;
        this.courses = courses;
        this.clock = clock;
    }

    /// Adds a lesson at the end of its section.
    ///
    /// @param lesson made for the place that it gets
    /// @throws ServiceException also NOT_FOUND with SECTION_NOT_FOUND, FAILED_PRECONDITION with TOO_MANY
    Lesson append(Handle handle, UUID courseId, UUID sectionId, IntFunction<Lesson> lesson) {
        courses.lock(handle, courseId);
        if (lessons.findCourseOfSection(handle, sectionId).isEmpty()) {
            throw noSection();
        }
        if (lessons.idsOf(handle, courseId).size() >= MAX_LESSONS) {
            throw CourseAccess.tooMany("a course has " + MAX_LESSONS + " lessons at most", MAX_LESSONS);
        }
        var added = lesson.apply(lessons.nextPlace(handle, sectionId));
        lessons.insert(handle, List.of(added));
        return added;
    }

    /// A change that leads nowhere new gives the same before and after, whatever the etag.
    Change change(Handle handle, UUID id, String etag, UnaryOperator<Lesson> description) {
        var before = lockToChange(handle, id);
        var wanted = description.apply(before);
        if (wanted.equals(before)) {
            return new Change(before, before);
        }
        requireEtag(before, etag);
        var after = wanted.changedAt(Times.now(clock));
        lessons.update(handle, after);
        return new Change(before, after);
    }

    Lesson remove(Handle handle, UUID id, String etag) {
        var lesson = lockToChange(handle, id);
        requireEtag(lesson, etag);
        lessons.remove(handle, List.of(id));
        return lesson;
    }

    /// Puts all lessons of a course into an order, also from one section to another.
    ///
    /// @param sectionIds sections that the order names
    /// @return the lessons as they are now, section by section
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, INVALID_ARGUMENT with ORDER_INCOMPLETE
    List<Lesson> reorder(Handle handle, UUID courseId, List<UUID> sectionIds, List<Place> places) {
        courses.lock(handle, courseId);
        var sections = new HashSet<>(lessons.sectionIdsOf(handle, courseId));
        var unknownSections =
                (int) sectionIds.stream().filter(id -> !sections.remove(id)).count();
        Permutation.requireComplete(
                "sections",
                lessons.idsOf(handle, courseId),
                places.stream().map(Place::lessonId).toList(),
                unknownSections);
        lessons.reorder(handle, courseId, places, Times.now(clock));
        return lessons.ofCourse(handle, courseId);
    }

    /// @throws ServiceException also INVALID_ARGUMENT with PREREQUISITE_CYCLE
    Change require(Handle handle, UUID id, List<UUID> prerequisiteIds) {
        var before = lockToChange(handle, id);
        var wanted = List.copyOf(prerequisiteIds);
        if (!new HashSet<>(lessons.idsOf(handle, before.courseId())).containsAll(wanted)) {
            throw LessonAccess.notFound();
        }
        if (lessons.leadsTo(handle, wanted, id)) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_PREREQUISITE_CYCLE,
                    "prerequisite_lesson_ids",
                    "a lesson cannot come before itself");
        }
        if (new HashSet<>(wanted).equals(new HashSet<>(before.prerequisiteIds()))) {
            return new Change(before, before);
        }
        var after = before.after(wanted).changedAt(Times.now(clock));
        lessons.setPrerequisites(handle, id, wanted);
        lessons.update(handle, after);
        return new Change(before, lessons.find(handle, id).orElseThrow());
    }

    private Lesson lockToChange(Handle handle, UUID id) {
        // Read again: it may have been deleted, moved or changed until the lock was there.
        return lessons.find(handle, id)
                .flatMap(lesson -> courses.lockToChange(handle, lesson.courseId()))
                .flatMap(course -> lessons.find(handle, id))
                .orElseThrow(LessonAccess::notFound);
    }

    private static void requireEtag(Lesson lesson, String etag) {
        if (!etag.isEmpty() && !etag.equals(Long.toString(lesson.version()))) {
            throw Errors.etagMismatch();
        }
    }

    /// NOT_FOUND with SECTION_NOT_FOUND.
    static ServiceException noSection() {
        return Errors.notFound(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "there is no such section");
    }
}
