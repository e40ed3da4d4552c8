package org.aula.courses.course;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.category.CategoryService;
import org.aula.courses.slug.SlugRepository;
import org.aula.courses.tag.TagService;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.SqlFailures;
import org.aula.kernel.time.Times;

/// What is done with courses. A change is a transaction of its own: the course is locked, [Course] decides,
/// the row is written, and events and the audit log tell of it.
///
/// Every change throws [ServiceException]: NOT_FOUND with COURSE_NOT_FOUND, PERMISSION_DENIED with
/// NOT_OWNER, ABORTED with ETAG_MISMATCH when a given etag is not that of the course, and what the rule in
/// [Course] throws.
@Singleton
public final class CourseService {

    private static final String RESOURCE = "course";

    private final CourseRepository courses;
    private final CourseAccess access;
    private final KeptCourses kept;
    private final SlugRepository slugs;
    private final CategoryService categories;
    private final TagService tags;
    private final PrerequisiteRepository prerequisites;
    private final Outbox outbox;
    private final Audit audit;
    private final Database database;
    private final Clock clock;

    CourseService(
            CourseRepository courses,
            CourseAccess access,
            KeptCourses kept,
            SlugRepository slugs,
            CategoryService categories,
            TagService tags,
            PrerequisiteRepository prerequisites,
            Outbox outbox,
            Audit audit,
            Database database,
            Clock clock) {
        this.courses = courses;
        this.access = access;
        this.kept = kept;
        this.slugs = slugs;
        this.categories = categories;
        this.tags = tags;
        this.prerequisites = prerequisites;
        this.outbox = outbox;
        this.audit = audit;
        this.database = database;
        this.clock = clock;
    }

    /// Inserts a draft of this author, in the caller's transaction.
    ///
    /// @throws ServiceException NOT_FOUND with CATEGORY_NOT_FOUND
    Course create(UUID author, CourseDetails details) {
        categories.requireExists(details.categoryId());
        var course = insert(Course.draft(UuidCreator.getTimeOrderedEpoch(), author, details, Times.now(clock)));
        audit.recordCreated(RESOURCE, course.id(), CourseMapper.toProto(course));
        return course;
    }

    /// Inserts a course under a slug of its own, in the caller's transaction.
    ///
    /// @return the course with its slug
    public Course insert(Course course) {
        var slug = slugs.insert(
                SlugRepository.Table.COURSES,
                course.details().title(),
                candidate -> courses.insert(course.withSlug(candidate)));
        return course.withSlug(slug);
    }

    /// A course that exists for the caller.
    ///
    /// @throws ServiceException NOT_FOUND with COURSE_NOT_FOUND
    Course get(UUID id) {
        return visible(database.query(() -> courses.find(id)));
    }

    /// As [#get], by its slug.
    Course getBySlug(String slug) {
        return visible(database.query(() -> courses.findBySlug(slug)));
    }

    private Course visible(Optional<Course> found) {
        var viewer = Viewer.current();
        return found.filter(course -> course.isVisibleTo(viewer) || isKept(course))
                .orElseThrow(CourseAccess::notFound);
    }

    private boolean isKept(Course course) {
        return course.wasPublished() && !kept.of(List.of(course.id())).isEmpty();
    }

    /// Those of the courses that exist for the caller.
    Map<UUID, Course> findAll(List<UUID> ids) {
        var viewer = Viewer.current();
        var found = new HashMap<UUID, Course>();
        database.query(() -> courses.findVisible(ids, viewer)).forEach(course -> found.put(course.id(), course));
        var left = kept.of(ids.stream().filter(id -> !found.containsKey(id)).toList());
        if (!left.isEmpty()) {
            database.query(() -> courses.findAll(left)).forEach(course -> found.put(course.id(), course));
        }
        return found;
    }

    /// @throws ServiceException also NOT_FOUND with CATEGORY_NOT_FOUND
    Course describe(UUID id, String etag, UnaryOperator<CourseDetails> description) {
        return change(id, etag, course -> {
            var details = description.apply(course.details());
            categories.requireExists(details.categoryId());
            return course.describe(details, Times.now(clock));
        });
    }

    Course submit(UUID id, String etag) {
        return change(id, etag, course -> course.submit(courses.hasLessons(id), Times.now(clock)));
    }

    Course publish(UUID id, String etag) {
        return change(id, etag, course -> course.publish(Times.now(clock)));
    }

    Course giveBack(UUID id, String etag, String reason) {
        return change(id, etag, course -> course.giveBack(reason, Times.now(clock)));
    }

    Course archive(UUID id, String etag) {
        return change(id, etag, course -> course.archive(Times.now(clock)));
    }

    Course revise(UUID id, String etag) {
        return change(id, etag, course -> course.revise(Times.now(clock)));
    }

    Course feature(UUID id, boolean featured) {
        return change(id, "", course -> course.feature(featured, Times.now(clock)));
    }

    /// @throws ServiceException also NOT_FOUND with TAG_NOT_FOUND
    Course tag(UUID id, List<UUID> tagIds) {
        return change(id, "", course -> course.tag(tags.assign(id, tagIds), Times.now(clock)));
    }

    /// One at a time in all courses, since two could make a circle of which each sees one half only.
    ///
    /// @throws ServiceException also INVALID_ARGUMENT with PREREQUISITE_CYCLE; NOT_FOUND with
    ///     COURSE_NOT_FOUND also for a course to come before that the caller cannot see
    Course require(UUID id, List<UUID> prerequisiteIds) {
        return change(id, "", course -> {
            prerequisites.lock();
            if (courses.findVisible(prerequisiteIds, Viewer.current()).size() < prerequisiteIds.size()) {
                throw CourseAccess.notFound();
            }
            if (prerequisites.leadsTo(prerequisiteIds, id)) {
                throw Errors.invalid(
                        ErrorReason.ERROR_REASON_PREREQUISITE_CYCLE,
                        "prerequisite_course_ids",
                        "a course cannot come before itself");
            }
            return course.require(prerequisites.set(id, prerequisiteIds), Times.now(clock));
        });
    }

    /// Deletes a draft with all that is below it. Whether anybody was ever enrolled is asked of the
    /// database: enrollments refer to the course and are never deleted, so that the reference refuses, also
    /// to an enrollment that comes at this moment and that no event has told of.
    ///
    /// @throws ServiceException also FAILED_PRECONDITION with COURSE_STATUS_FORBIDS or COURSE_IN_USE
    void delete(UUID id, String etag) {
        database.transact(() -> {
            var course = access.lock(id);
            course.requireDraft();
            Etags.require(etag, course.version());
            deleteUnused(id);
            outbox.append(CourseEvents.deleted(id));
            audit.recordDeleted(RESOURCE, id, CourseMapper.toProto(course));
        });
    }

    private void deleteUnused(UUID id) {
        courses.removeContents(id);
        try {
            courses.delete(id);
        } catch (DataAccessException refused) {
            if (SqlFailures.isForeignKeyViolation(refused)) {
                throw Errors.failedPrecondition(
                        ErrorReason.ERROR_REASON_COURSE_IN_USE, "the course has enrollments", Map.of());
            }
            throw refused;
        }
    }

    /// A change that leads nowhere new is not refused for its etag: most likely the first answer got lost.
    private Course change(UUID id, String etag, UnaryOperator<Course> rule) {
        return database.transact(() -> {
            var course = access.lock(id);
            var change = new Change<>(course, rule.apply(course));
            if (!change.isNone()) {
                Etags.require(etag, course.version());
                courses.update(change.after());
                CourseEvents.of(course, change.after()).ifPresent(event -> outbox.append(event));
            }
            audit.record(RESOURCE, id, change, CourseMapper::toProto);
            return change.after();
        });
    }
}
