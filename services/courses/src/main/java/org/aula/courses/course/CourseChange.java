package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.category.CategoryRepository;
import org.aula.courses.tag.TagRepository;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// Changes of one course, each in a transaction of its own: locked, decided by [Course], written, told to
/// listeners.
///
/// Every method throws [ServiceException]: NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with
/// NOT_OWNER, ABORTED with ETAG_MISMATCH when a given etag is not that of the course, and what the rule in
/// [Course] throws.
@Singleton
final class CourseChange {

    /// The next state of a course that is locked.
    @FunctionalInterface
    private interface Rule {
        Course next(Handle handle, Course course);
    }

    private final CourseRepository courses;
    private final CourseAccess access;
    private final CategoryRepository categories;
    private final TagRepository tags;
    private final PrerequisiteRepository prerequisites;
    private final Outbox outbox;
    private final Audit audit;
    private final Transactions transactions;
    private final Clock clock;

    CourseChange(
            CourseRepository courses,
            CourseAccess access,
            CategoryRepository categories,
            TagRepository tags,
            PrerequisiteRepository prerequisites,
            Outbox outbox,
            Audit audit,
            Transactions transactions,
            Clock clock) {
        this.courses = courses;
        this.access = access;
        this.categories = categories;
        this.tags = tags;
        this.prerequisites = prerequisites;
        this.outbox = outbox;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// @throws ServiceException also NOT_FOUND with CATEGORY_NOT_FOUND
    Course describe(UUID id, String etag, UnaryOperator<CourseDetails> description) {
        return change(id, etag, (handle, course) -> {
            var details = description.apply(course.details());
            categories.requireExists(handle, details.categoryId());
            return course.describe(details, Times.now(clock));
        });
    }

    Course submit(UUID id, String etag) {
        return change(id, etag, (handle, course) -> course.submit(courses.hasLessons(handle, id), Times.now(clock)));
    }

    Course publish(UUID id, String etag) {
        return change(id, etag, (handle, course) -> course.publish(Times.now(clock)));
    }

    Course giveBack(UUID id, String etag, String reason) {
        return change(id, etag, (handle, course) -> course.giveBack(reason, Times.now(clock)));
    }

    Course archive(UUID id, String etag) {
        return change(id, etag, (handle, course) -> course.archive(Times.now(clock)));
    }

    Course revise(UUID id, String etag) {
        return change(id, etag, (handle, course) -> course.revise(Times.now(clock)));
    }

    Course feature(UUID id, boolean featured) {
        return change(id, "", (handle, course) -> course.feature(featured, Times.now(clock)));
    }

    /// @throws ServiceException also NOT_FOUND with TAG_NOT_FOUND
    Course tag(UUID id, List<UUID> tagIds) {
        return change(id, "", (handle, course) -> course.tag(tags.set(handle, id, tagIds), Times.now(clock)));
    }

    /// One at a time in all courses, since two could make a circle of which each sees one half only.
    ///
    /// @throws ServiceException also INVALID_ARGUMENT with PREREQUISITE_CYCLE; NOT_FOUND with
    ///     COURSE_NOT_FOUND also for a course to come before that the caller cannot see
    Course require(UUID id, List<UUID> prerequisiteIds) {
        return change(id, "", (handle, course) -> {
            prerequisites.lock(handle);
            if (courses.findVisible(handle, prerequisiteIds, Viewer.current()).size() < prerequisiteIds.size()) {
                throw CourseAccess.notFound();
            }
            if (prerequisites.leadsTo(handle, prerequisiteIds, id)) {
                throw Errors.invalid(
                        ErrorReason.ERROR_REASON_PREREQUISITE_CYCLE,
                        "prerequisite_course_ids",
                        "a course cannot come before itself");
            }
            return course.require(prerequisites.set(handle, id, prerequisiteIds), Times.now(clock));
        });
    }

    /// Deletes a draft with all that is below it. Whether anybody was ever enrolled is asked of the database:
    /// enrollments refer to the course and are never deleted, so that the reference refuses, also to an
    /// enrollment that comes at this moment and that no event has told of.
    ///
    /// @throws ServiceException also FAILED_PRECONDITION with COURSE_STATUS_FORBIDS or COURSE_IN_USE
    void delete(UUID id, String etag) {
        transactions.writeVoid(handle -> {
            var course = access.lockToChange(handle, id).orElseThrow(CourseAccess::notFound);
            course.requireDraft();
            requireEtag(course, etag);
            if (!courses.deleteUnused(handle, id)) {
                throw Errors.failedPrecondition(
                        ErrorReason.ERROR_REASON_COURSE_IN_USE, "somebody was enrolled in the course", Map.of());
            }
            outbox.append(handle, CourseEvents.deleted(id));
            audit.record(handle, "course", id, CourseMapper.toProto(course), null);
        });
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    private Course change(UUID id, String etag, Rule rule) {
        return transactions.write(handle -> {
            var course = access.lockToChange(handle, id).orElseThrow(CourseAccess::notFound);
            var next = rule.next(handle, course);
            if (next.equals(course)) {
                audit.nothing();
                return course;
            }
            requireEtag(course, etag);
            courses.update(handle, next);
            CourseEvents.of(course, next).ifPresent(event -> outbox.append(handle, event));
            audit.record(handle, "course", id, CourseMapper.toProto(course), CourseMapper.toProto(next));
            return next;
        });
    }

    private static void requireEtag(Course course, String etag) {
        if (!etag.isEmpty() && !etag.equals(Long.toString(course.version()))) {
            throw Errors.etagMismatch();
        }
    }
}
