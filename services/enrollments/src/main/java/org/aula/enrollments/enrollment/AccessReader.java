package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.kernel.postgres.Database;

/// Which courses are open to somebody: from what is kept, or from the rows.
@Singleton
final class AccessReader {

    /// Whoever is enrolled in more courses is asked about course by course, so that values stay small.
    private static final int MAX_CACHED = 1_000;

    private final EnrollmentRepository enrollments;
    private final AccessCache cache;
    private final Database database;

    AccessReader(EnrollmentRepository enrollments, AccessCache cache, Database database) {
        this.enrollments = enrollments;
        this.cache = cache;
        this.database = database;
    }

    /// Those of the courses that the user is or was enrolled in.
    Map<UUID, AccessCache.Access> find(UUID userId, Collection<UUID> courseIds) {
        return cache.find(userId, () -> load(userId)).orElseGet(() -> look(userId, courseIds));
    }

    private Optional<List<AccessCache.Access>> load(UUID userId) {
        var all = database.query(() -> enrollments.listAccess(userId, MAX_CACHED + 1));
        return all.size() > MAX_CACHED ? Optional.empty() : Optional.of(all);
    }

    private Map<UUID, AccessCache.Access> look(UUID userId, Collection<UUID> courseIds) {
        return database.query(() -> enrollments.findByCourses(userId, courseIds)).stream()
                .map(AccessCache.Access::of)
                .collect(Collectors.toMap(AccessCache.Access::courseId, Function.identity()));
    }
}
