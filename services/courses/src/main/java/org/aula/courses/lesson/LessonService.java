package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.permutation.Permutation;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Changes of the lessons of one course. They follow each other: the course's row is locked until the end
/// of the transaction, so that limits, orders and the absence of circles hold whoever else writes.
///
/// Every method throws [ServiceException]: NOT_FOUND with LESSON_NOT_FOUND (or what it names),
/// PERMISSION_DENIED with NOT_OWNER, ABORTED with ETAG_MISMATCH when a given etag is not that of the lesson.
@Singleton
final class LessonService {

    private static final int MAX_LESSONS = 1_000;
    private static final String RESOURCE = "lesson";

    /// Where an order puts a lesson.
    ///
    /// @param place within the section, from 0
    record Position(UUID lessonId, UUID sectionId, int sortOrder) {}

    private final LessonRepository lessons;
    private final CourseAccess courses;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    LessonService(LessonRepository lessons, CourseAccess courses, Database database, Audit audit, Clock clock) {
        this.lessons = lessons;
        this.courses = courses;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// Lets those pass who may change a section.
    ///
    /// @return the section's course
    /// @throws ServiceException NOT_FOUND with SECTION_NOT_FOUND
    UUID requireAuthorOfSection(UUID sectionId) {
        return database.query(() -> lessons.findCourseOfSection(sectionId).flatMap(courses::findToChange))
                .orElseThrow(LessonService::noSection)
                .id();
    }

    /// Adds a lesson at the end of its section, in the caller's transaction.
    ///
    /// @param lesson made for the place that it gets
    /// @throws ServiceException also NOT_FOUND with SECTION_NOT_FOUND, FAILED_PRECONDITION with TOO_MANY
    Lesson create(UUID courseId, UUID sectionId, IntFunction<Lesson> lesson) {
        courses.lock(courseId);
        if (lessons.findCourseOfSection(sectionId).isEmpty()) {
            throw noSection();
        }
        if (lessons.idsOf(courseId).size() >= MAX_LESSONS) {
            throw CourseAccess.tooMany("a course has " + MAX_LESSONS + " lessons at most", MAX_LESSONS);
        }
        var added = lesson.apply(lessons.nextSortOrder(sectionId));
        lessons.insert(List.of(added));
        audit.recordCreated(RESOURCE, added.id(), LessonMapper.toProto(added));
        return added;
    }

    /// Changes a lesson. A change that leads nowhere new is not refused for its etag.
    ///
    /// @param next gives the lesson as it shall be
    Lesson update(UUID id, String etag, UnaryOperator<Lesson> next) {
        return database.transact(() -> {
            var before = lockToChange(id);
            var wanted = next.apply(before);
            if (wanted.equals(before)) {
                return audited(Change.none(before));
            }
            Etags.require(etag, before.version());
            var after = wanted.changedAt(Times.now(clock));
            lessons.update(after);
            return audited(new Change<>(before, after));
        });
    }

    /// Deletes a lesson.
    void delete(UUID id, String etag) {
        database.transact(() -> {
            var lesson = lockToChange(id);
            Etags.require(etag, lesson.version());
            lessons.remove(List.of(id));
            audit.recordDeleted(RESOURCE, id, LessonMapper.toProto(lesson));
        });
    }

    /// Puts all lessons of a course into an order, also from one section to another.
    ///
    /// @param sectionIds sections that the order names
    /// @return the lessons as they are now, section by section
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND, INVALID_ARGUMENT with ORDER_INCOMPLETE
    List<Lesson> reorder(UUID courseId, List<UUID> sectionIds, List<Position> positions) {
        return database.transact(() -> {
            courses.lock(courseId);
            var sections = new HashSet<>(lessons.sectionIdsOf(courseId));
            var unknownSections =
                    (int) sectionIds.stream().filter(id -> !sections.remove(id)).count();
            Permutation.requireComplete(
                    "sections",
                    lessons.idsOf(courseId),
                    positions.stream().map(Position::lessonId).toList(),
                    unknownSections);
            lessons.reorder(courseId, positions, Times.now(clock));
            audit.recordAction("course", courseId);
            return lessons.ofCourse(courseId);
        });
    }

    /// Gives a lesson these prerequisites and no others.
    ///
    /// @throws ServiceException also INVALID_ARGUMENT with PREREQUISITE_CYCLE
    Lesson setPrerequisites(UUID id, List<UUID> prerequisiteIds) {
        return database.transact(() -> {
            var before = lockToChange(id);
            requireNoCycle(before, prerequisiteIds);
            if (new HashSet<>(prerequisiteIds).equals(new HashSet<>(before.prerequisiteIds()))) {
                return audited(Change.none(before));
            }
            lessons.deletePrerequisites(id);
            lessons.addPrerequisites(Collections.nCopies(prerequisiteIds.size(), id), prerequisiteIds);
            lessons.update(before.changedAt(Times.now(clock)));
            return audited(new Change<>(before, lessons.find(id).orElseThrow()));
        });
    }

    private void requireNoCycle(Lesson lesson, List<UUID> prerequisiteIds) {
        if (!new HashSet<>(lessons.idsOf(lesson.courseId())).containsAll(prerequisiteIds)) {
            throw LessonAccess.notFound();
        }
        if (lessons.leadsTo(prerequisiteIds, lesson.id())) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_PREREQUISITE_CYCLE,
                    "prerequisite_lesson_ids",
                    "a lesson cannot come before itself");
        }
    }

    private Lesson lockToChange(UUID id) {
        // Read again: it may have been deleted, moved or changed until the lock was there.
        return lessons.find(id)
                .flatMap(lesson -> courses.lockToChange(lesson.courseId()))
                .flatMap(course -> lessons.find(id))
                .orElseThrow(LessonAccess::notFound);
    }

    private Lesson audited(Change<Lesson> change) {
        audit.record(RESOURCE, change.after().id(), change, LessonMapper::toProto);
        return change.after();
    }

    private static ServiceException noSection() {
        return Errors.notFound(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "section not found");
    }
}
