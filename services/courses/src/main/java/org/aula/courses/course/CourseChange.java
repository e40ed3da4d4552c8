package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.courses.category.CategoryRepository;
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
    private final Outbox outbox;
    private final Audit audit;
    private final Transactions transactions;
    private final Clock clock;

    CourseChange(
            CourseRepository courses,
            CourseAccess access,
            CategoryRepository categories,
            Outbox outbox,
            Audit audit,
            Transactions transactions,
            Clock clock) {
        this.courses = courses;
        this.access = access;
        this.categories = categories;
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
            var next = course.describe(details, Times.now(clock));
            if (!next.equals(course) && next.status() == CourseStatus.PUBLISHED) {
                outbox.append(handle, CourseEvents.updated(next));
            }
            return next;
        });
    }

    Course submit(UUID id, String etag) {
        return change(id, etag, (handle, course) -> course.submit(courses.hasLessons(handle, id), Times.now(clock)));
    }

    Course publish(UUID id, String etag) {
        return change(id, etag, (handle, course) -> {
            var next = course.publish(Times.now(clock));
            if (!next.equals(course)) {
                outbox.append(handle, CourseEvents.published(next));
            }
            return next;
        });
    }

    Course giveBack(UUID id, String etag, String reason) {
        return change(id, etag, (handle, course) -> course.giveBack(reason, Times.now(clock)));
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
            if (!etag.isEmpty() && !etag.equals(Long.toString(course.version()))) {
                throw Errors.etagMismatch();
            }
            courses.update(handle, next);
            audit.record(handle, "course", id, CourseProtos.message(course), CourseProtos.message(next));
            return next;
        });
    }
}
