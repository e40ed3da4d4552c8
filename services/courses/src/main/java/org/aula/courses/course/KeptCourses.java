package org.aula.courses.course;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courseaccess.CourseGuard;
import org.aula.courseaccess.KnownCourse;
import org.aula.kernel.postgres.Database;

/// Learners keep the courses that left the catalog, archived or being revised. Asked for what was not found
/// otherwise, so that the catalog itself costs no further statement.
@Singleton
public final class KeptCourses {

    private final CourseGuard guard;
    private final Database database;

    KeptCourses(CourseGuard guard, Database database) {
        this.guard = guard;
        this.database = database;
    }

    /// Those of the courses that left the catalog and that an enrollment opens to the caller.
    public Set<UUID> of(Collection<UUID> courseIds) {
        var viewer = Viewer.current();
        var userId = viewer.id();
        if (userId == null || viewer.seesAll() || courseIds.isEmpty()) {
            return Set.of();
        }
        return database.query(() -> guard.findAll(courseIds, userId)).stream()
                .filter(course -> course.open() && !course.inCatalog())
                .map(KnownCourse::id)
                .collect(Collectors.toSet());
    }

    /// Whether an enrollment opens a course to the caller; in the caller's query or transaction.
    boolean has(UUID courseId) {
        var userId = Viewer.current().id();
        return userId != null
                && guard.find(courseId, userId).filter(KnownCourse::open).isPresent();
    }
}
