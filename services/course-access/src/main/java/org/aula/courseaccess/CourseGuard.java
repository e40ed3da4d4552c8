package org.aula.courseaccess;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

/// Decides who may know, teach and learn a course, and read its lessons. What a caller may not see does not
/// exist for them: callers of these methods say what is thrown then, by the reasons of their own contract.
///
/// Each method is one statement at most, in the caller's `Database.query` or `Database.transact`.
@Singleton
public final class CourseGuard {

    private final CourseGuardRepository courses;
    private final Clock clock;

    CourseGuard(CourseGuardRepository courses, Clock clock) {
        this.courses = courses;
        this.clock = clock;
    }

    /// A course, and how a user stands to it, whoever asks.
    ///
    /// @param userId null for nobody
    public Optional<KnownCourse> find(UUID courseId, @Nullable UUID userId) {
        return courses.find(courseId, userId, clock.instant());
    }

    /// As [#find], for many courses, in any order.
    public List<KnownCourse> findAll(Collection<UUID> courseIds, UUID userId) {
        return courses.findAll(courseIds, userId, clock.instant());
    }

    /// A course that the caller may know of.
    ///
    /// @param hidden what is thrown when it does not exist for the caller
    public KnownCourse requireVisible(UUID courseId, Supplier<ServiceException> hidden) {
        var person = Person.calling();
        return find(courseId, person.id())
                .filter(course -> course.isVisibleTo(person))
                .orElseThrow(hidden);
    }

    /// Lets pass who teaches a course, or may do this in every course.
    ///
    /// @param hidden what is thrown when it does not exist for the caller
    /// @return the course
    /// @throws ServiceException also PERMISSION_DENIED with NOT_OWNER
    public KnownCourse requireTeacher(UUID courseId, Supplier<ServiceException> hidden) {
        var course = requireVisible(courseId, hidden);
        CallScope.current().requireOwner(course.instructorId());
        return course;
    }

    /// As [#requireTeacher], for what is there for its teachers alone.
    ///
    /// @param hidden what is thrown to everybody else
    public void requireTeacherElseHide(UUID courseId, Supplier<ServiceException> hidden) {
        var scope = CallScope.current();
        if (scope.seesAll()) {
            return;
        }
        var course = find(courseId, null)
                .filter(found -> scope.caller().is(found.instructorId()))
                .orElseThrow(hidden);
        scope.requireOwner(course.instructorId());
    }

    /// Lets pass whose it is, and who teaches its course or may read everything.
    ///
    /// @param hidden what is thrown to everybody else
    /// @return whether the caller is on the side of those who teach
    public boolean requireLearnerOrTeacher(UUID userId, UUID courseId, Supplier<ServiceException> hidden) {
        var scope = CallScope.current();
        if (scope.caller().is(userId)) {
            scope.requireOwner(userId);
            return false;
        }
        requireTeacherElseHide(courseId, hidden);
        return true;
    }

    /// The calling user's enrollment in a course that is open to them.
    ///
    /// @param hidden what is thrown when the course does not exist for the caller
    /// @param notEnrolled what is thrown when it does and is not open
    public UUID requireEnrolled(
            UUID courseId, Supplier<ServiceException> hidden, Supplier<ServiceException> notEnrolled) {
        CallScope.current().requireUser();
        var course = requireVisible(courseId, hidden);
        var enrollmentId = course.enrollmentId();
        if (enrollmentId == null || !course.open()) {
            throw notEnrolled.get();
        }
        return enrollmentId;
    }

    /// Lets pass to whom a course is open: who is enrolled, teaches it, or sees all.
    ///
    /// @param hidden what is thrown when the course does not exist for the caller
    /// @param notEnrolled what is thrown when it does and is not open
    public void requireReader(
            UUID courseId, Supplier<ServiceException> hidden, Supplier<ServiceException> notEnrolled) {
        if (!requireVisible(courseId, hidden).isOpenTo(Person.calling())) {
            throw notEnrolled.get();
        }
    }

    /// Lets pass who belongs to a course: who is enrolled and may read it now, who teaches it, and holders of
    /// a permission for all courses. Those who review courses and no more do not pass.
    ///
    /// @param permission of those who need not belong to it
    /// @param hidden what is thrown when the course does not exist for the caller
    /// @param notEnrolled what is thrown when it does and they do not belong to it
    /// @return the course
    public KnownCourse requireParticipant(
            UUID courseId,
            String permission,
            Supplier<ServiceException> hidden,
            Supplier<ServiceException> notEnrolled) {
        var person = Person.calling();
        var caller = CallScope.current().caller();
        var course = find(courseId, person.id()).orElseThrow(hidden);
        if (course.open() || caller.is(course.instructorId()) || caller.holds(permission)) {
            return course;
        }
        throw course.isVisibleTo(person) ? notEnrolled.get() : hidden.get();
    }

    /// Whether somebody may read these lessons now, by lesson; those that are gone are not in it.
    public Map<UUID, ReadableLesson> mayRead(Collection<UUID> lessonIds, Person person) {
        return courses.read(lessonIds, person, clock.instant()).stream()
                .collect(Collectors.toMap(ReadableLesson::id, Function.identity()));
    }
}
