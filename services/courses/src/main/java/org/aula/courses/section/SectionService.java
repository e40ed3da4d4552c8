package org.aula.courses.section;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.KeptCourses;
import org.aula.courses.course.Viewer;
import org.aula.courses.lesson.LessonRepository;
import org.aula.courses.permutation.Permutation;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// What is done with sections. Changes of one course's outline follow each other: the course's row is
/// locked until the end of the transaction, so that limits and orders hold whoever else writes.
///
/// Every method that changes something throws [ServiceException]: NOT_FOUND with SECTION_NOT_FOUND (or
/// COURSE_NOT_FOUND where it names a course), PERMISSION_DENIED with NOT_OWNER, ABORTED with ETAG_MISMATCH
/// when a given etag is not that of the section.
@Singleton
final class SectionService {

    private static final int MAX_SECTIONS = 500;
    private static final String RESOURCE = "section";

    private final SectionRepository sections;
    private final LessonRepository lessons;
    private final CourseAccess courses;
    private final KeptCourses kept;
    private final Database database;
    private final Audit audit;

    SectionService(
            SectionRepository sections,
            LessonRepository lessons,
            CourseAccess courses,
            KeptCourses kept,
            Database database,
            Audit audit) {
        this.sections = sections;
        this.lessons = lessons;
        this.courses = courses;
        this.kept = kept;
        this.database = database;
        this.audit = audit;
    }

    /// Lets those pass who may change a course.
    void requireAuthor(UUID courseId) {
        if (database.query(() -> courses.findToChange(courseId)).isEmpty()) {
            throw CourseAccess.notFound();
        }
    }

    /// Adds a section at the end of its course, in the caller's transaction.
    ///
    /// @param section made for the place that it gets
    /// @throws ServiceException also FAILED_PRECONDITION with TOO_MANY
    Section create(UUID courseId, IntFunction<Section> section) {
        courses.lock(courseId);
        if (sections.count(courseId) >= MAX_SECTIONS) {
            throw CourseAccess.tooMany("a course has " + MAX_SECTIONS + " sections at most", MAX_SECTIONS);
        }
        var added = section.apply(sections.nextSortOrder(courseId));
        sections.insert(List.of(added));
        audit.recordCreated(RESOURCE, added.id(), SectionMapper.toProto(added));
        return added;
    }

    /// A section of a course that exists for the caller.
    Section find(UUID id) {
        return database.query(() -> sections.find(id)
                .filter(section -> courses.isShown(section.courseId()))
                .orElseThrow(SectionService::notFound));
    }

    /// The sections of many courses, in the courses' order. A course that does not exist for the caller
    /// has none. Learners also see the parts of courses that left the catalog.
    ///
    /// @param first sections of each course at most
    List<SectionList> list(List<UUID> courseIds, int first) {
        var viewer = Viewer.current();
        var found = list(courseIds, first, viewer);
        var empty = found.stream()
                .filter(list -> list.total() == 0)
                .map(SectionList::courseId)
                .toList();
        var opened = kept.of(empty);
        if (opened.isEmpty()) {
            return found;
        }
        var more = list(empty, first, viewer.keeping(opened)).iterator();
        return found.stream()
                .map(list -> list.total() == 0 ? more.next() : list)
                .toList();
    }

    /// Changes a section. A change that leads nowhere new is not refused for its etag.
    ///
    /// @param next gives the section as it shall be
    Section update(UUID id, String etag, UnaryOperator<Section> next) {
        return database.transact(() -> {
            var before = lockToChange(id);
            var change = new Change<>(before, next.apply(before));
            if (!change.isNone()) {
                Etags.require(etag, before.version());
                sections.update(change.after());
            }
            audit.record(RESOURCE, id, change, SectionMapper::toProto);
            return change.after();
        });
    }

    /// Deletes a section and its lessons.
    void delete(UUID id, String etag) {
        database.transact(() -> {
            var section = lockToChange(id);
            Etags.require(etag, section.version());
            lessons.remove(lessons.idsOfSection(id));
            sections.delete(id);
            audit.recordDeleted(RESOURCE, id, SectionMapper.toProto(section));
        });
    }

    /// Gives the sections of a course the places that they have in the list.
    ///
    /// @return the sections as they are now, in order
    /// @throws ServiceException also INVALID_ARGUMENT with ORDER_INCOMPLETE
    List<Section> reorder(UUID courseId, List<UUID> ids) {
        return database.transact(() -> {
            courses.lock(courseId);
            var present = sections.ofCourse(courseId).stream().map(Section::id).toList();
            Permutation.requireComplete("section_ids", present, ids);
            sections.reorder(courseId, ids);
            audit.recordAction("course", courseId);
            return sections.ofCourse(courseId);
        });
    }

    private List<SectionList> list(List<UUID> courseIds, int first, Viewer viewer) {
        var byCourse = database.query(() -> sections.list(courseIds, first, viewer)).stream()
                .collect(Collectors.groupingBy(listed -> listed.section().courseId()));
        return courseIds.stream()
                .map(courseId -> {
                    var listed = byCourse.getOrDefault(courseId, List.of());
                    return new SectionList(
                            courseId,
                            listed.stream()
                                    .map(SectionRepository.Listed::section)
                                    .toList(),
                            listed.isEmpty() ? 0 : listed.getFirst().total());
                })
                .toList();
    }

    /// A section of a course that the caller may change, with the course locked.
    private Section lockToChange(UUID id) {
        // Read again: it may have been deleted or changed until the lock was there.
        return sections.find(id)
                .flatMap(section -> courses.lockToChange(section.courseId()))
                .flatMap(course -> sections.find(id))
                .orElseThrow(SectionService::notFound);
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, "section not found");
    }
}
