package org.aula.enrollments.bulk;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// What a batch of lines asks and writes: each statement for the whole batch.
@Singleton
final class BulkRepository {

    private static final String PAIRS =
            "unnest(CAST(:users AS uuid[]), CAST(:courses AS uuid[])) AS c(user_id, course_id)";

    /// Those of the ids that are somebody's.
    Set<UUID> findUsers(Handle handle, Collection<UUID> ids) {
        return new HashSet<>(
                handle.createQuery("SELECT id FROM auth_api.accounts WHERE id = ANY(:ids) AND deleted_at IS NULL")
                        .bindArray("ids", UUID.class, ids)
                        .mapTo(UUID.class)
                        .list());
    }

    /// Whose addresses these are, by address in lower case.
    Map<String, UUID> findUsersByEmail(Handle handle, Collection<String> emails) {
        var users = new HashMap<String, UUID>();
        handle.createQuery("""
                        SELECT id, CAST(email AS text) AS email FROM auth_api.account_contacts
                        WHERE email = ANY(CAST(CAST(:emails AS text[]) AS citext[]))
                        """)
                .bindArray("emails", String.class, emails)
                .map((row, context) ->
                        Map.entry(row.getString("email").toLowerCase(Locale.ROOT), row.getObject("id", UUID.class)))
                .forEach(entry -> users.put(entry.getKey(), entry.getValue()));
        return users;
    }

    /// Those of the courses that are in the catalog.
    Set<UUID> findCourses(Handle handle, Collection<UUID> ids) {
        return new HashSet<>(
                handle.createQuery("SELECT id FROM courses_api.courses WHERE id = ANY(:ids) AND status = 'PUBLISHED'")
                        .bindArray("ids", UUID.class, ids)
                        .mapTo(UUID.class)
                        .list());
    }

    /// Those of the courses that ask for something to be completed before.
    Set<UUID> findDemanding(Handle handle, Collection<UUID> courseIds) {
        return new HashSet<>(handle.createQuery("""
                        SELECT DISTINCT course_id FROM courses_api.course_prerequisites WHERE course_id = ANY(:ids)
                        """)
                .bindArray("ids", UUID.class, courseIds)
                .mapTo(UUID.class)
                .list());
    }

    /// Those who have not completed what their course asks for.
    Set<Candidate.Pair> findUnprepared(Handle handle, List<Candidate> candidates) {
        var query = handle.createQuery("SELECT c.user_id, c.course_id FROM " + PAIRS + """
                 WHERE EXISTS (
                    SELECT FROM courses_api.course_prerequisites p
                    WHERE p.course_id = c.course_id AND NOT EXISTS (
                        SELECT FROM enrollment_keys k JOIN enrollments e ON e.id = k.enrollment_id
                        WHERE k.user_id = c.user_id AND k.course_id = p.prerequisite_id
                            AND e.completed_at IS NOT NULL AND e.status <> 'REFUNDED'))
                """);
        return new HashSet<>(bind(query, candidates)
                .map((row, context) -> new Candidate.Pair(
                        row.getObject("user_id", UUID.class), row.getObject("course_id", UUID.class)))
                .list());
    }

    /// Takes the places of learners in courses that nobody has, in one order for all who take several.
    ///
    /// @return ids of the enrollments that have theirs now
    Set<UUID> takeKeys(Handle handle, List<Candidate> candidates) {
        var query = handle.createQuery("""
                INSERT INTO enrollment_keys (user_id, course_id, enrollment_id)
                SELECT user_id, course_id, id
                FROM unnest(CAST(:users AS uuid[]), CAST(:courses AS uuid[]), CAST(:ids AS uuid[]))
                    AS c(user_id, course_id, id)
                ORDER BY course_id, user_id
                ON CONFLICT (user_id, course_id) DO NOTHING
                RETURNING enrollment_id
                """);
        return new HashSet<>(bind(query, candidates)
                .bindArray("ids", UUID.class, list(candidates, Candidate::id))
                .mapTo(UUID.class)
                .list());
    }

    void dropKeys(Handle handle, List<Candidate> candidates) {
        if (!candidates.isEmpty()) {
            handle.createUpdate("DELETE FROM enrollment_keys WHERE enrollment_id = ANY(:ids)")
                    .bindArray("ids", UUID.class, list(candidates, Candidate::id))
                    .execute();
        }
    }

    /// Ids of the enrollments that these learners have in these courses.
    List<UUID> findKeys(Handle handle, List<Candidate> candidates) {
        var query = handle.createQuery("""
                SELECT k.enrollment_id
                FROM enrollment_keys k JOIN %s ON c.user_id = k.user_id AND c.course_id = k.course_id
                """.formatted(PAIRS));
        return bind(query, candidates).mapTo(UUID.class).list();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, List<Candidate> candidates) {
        return statement
                .bindArray("users", UUID.class, list(candidates, Candidate::userId))
                .bindArray("courses", UUID.class, list(candidates, Candidate::courseId));
    }

    private static List<UUID> list(List<Candidate> candidates, Function<Candidate, UUID> part) {
        return candidates.stream().map(part).toList();
    }
}
