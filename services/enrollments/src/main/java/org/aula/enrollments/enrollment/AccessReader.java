package org.aula.enrollments.enrollment;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.kernel.postgres.Transactions;

/// Which courses are open to somebody: from what is kept, or from the rows.
@Singleton
final class AccessReader {

    /// Whoever is enrolled in more courses is asked about course by course, so that values stay small.
    private static final int MAX_CACHED = 1_000;

    private final EnrollmentRepository enrollments;
    private final AccessCache cache;
    private final Transactions transactions;

    AccessReader(EnrollmentRepository enrollments, AccessCache cache, Transactions transactions) {
        this.enrollments = enrollments;
        this.cache = cache;
        this.transactions = transactions;
    }

    /// Those of the courses that the user is or was enrolled in.
    Map<UUID, AccessCache.Access> find(UUID userId, Collection<UUID> courseIds) {
        return cache.find(userId, () -> load(userId)).orElseGet(() -> look(userId, courseIds));
    }

    private Optional<List<AccessCache.Access>> load(UUID userId) {
        var all = transactions.read(handle -> enrollments.listAccess(handle, userId, MAX_CACHED + 1));
        return all.size() > MAX_CACHED ? Optional.empty() : Optional.of(all);
    }

    private Map<UUID, AccessCache.Access> look(UUID userId, Collection<UUID> courseIds) {
        return transactions.read(handle -> enrollments.findByCourses(handle, userId, courseIds)).stream()
                .map(AccessCache.Access::of)
                .collect(Collectors.toMap(AccessCache.Access::courseId, Function.identity()));
    }
}
