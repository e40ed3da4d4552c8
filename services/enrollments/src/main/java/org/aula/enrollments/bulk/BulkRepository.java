package org.aula.enrollments.bulk;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.postgres.TextArray;
import org.aula.kernel.postgres.UuidArray;

/// What a batch of lines asks and writes: each statement for the whole batch.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface BulkRepository extends GenericRepository<Candidate.Pair, UUID> {

    /// Whose an address is.
    @MappedEntity("account_contacts")
    record Contact(UUID id, String email) {}

    /// Those of the ids that are somebody's.
    @Query("SELECT id FROM auth_api.accounts WHERE id = ANY(:ids) AND deleted_at IS NULL")
    List<UUID> findUsers(@UuidArray Collection<UUID> ids);

    /// Who has verified these addresses, however they are written.
    @Query("""
            SELECT id, CAST(email AS text) AS email FROM auth_api.account_contacts
            WHERE email = ANY(CAST(CAST(:emails AS text[]) AS citext[])) AND email_verified
            """)
    List<Contact> findContacts(@TextArray Collection<String> emails);

    /// Those of the courses that are in the catalog.
    @Query("SELECT id FROM courses_api.courses WHERE id = ANY(:ids) AND in_catalog")
    List<UUID> findCourses(@UuidArray Collection<UUID> ids);

    /// Those of the courses that ask for something to be completed before.
    @Query("SELECT DISTINCT course_id FROM courses_api.course_prerequisites WHERE course_id = ANY(:courseIds)")
    List<UUID> findDemanding(@UuidArray Collection<UUID> courseIds);

    /// Those who have not completed what their course asks for.
    default List<Candidate.Pair> findUnprepared(List<Candidate> candidates) {
        return Sql.of("SELECT c.user_id, c.course_id FROM ")
                .add(pairs(candidates))
                .add("""
                         WHERE EXISTS (
                            SELECT FROM courses_api.course_prerequisites p
                            WHERE p.course_id = c.course_id AND NOT EXISTS (
                                SELECT FROM enrollment_keys k JOIN enrollments e ON e.id = k.enrollment_id
                                WHERE k.user_id = c.user_id AND k.course_id = p.prerequisite_id
                                    AND e.completed_at IS NOT NULL AND e.status <> 'REFUNDED'))
                        """)
                .list(Candidate.Pair.class);
    }

    /// Takes the places of learners in courses that nobody has, in one order for all who take several.
    ///
    /// @return ids of the enrollments that have theirs now
    default List<UUID> takeKeys(List<Candidate> candidates) {
        return Sql.of(
                        """
                        INSERT INTO enrollment_keys (user_id, course_id, enrollment_id)
                        SELECT user_id, course_id, id
                        FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS uuid[]))
                            AS c(user_id, course_id, id)
                        ORDER BY course_id, user_id
                        ON CONFLICT (user_id, course_id) DO NOTHING
                        RETURNING enrollment_id
                        """,
                        users(candidates),
                        courses(candidates),
                        candidates.stream().map(Candidate::id).toArray(UUID[]::new))
                .list(row -> row.getObject(1, UUID.class));
    }

    /// Gives the places of these enrollments back.
    @Query("DELETE FROM enrollment_keys WHERE enrollment_id = ANY(:enrollmentIds)")
    void dropKeys(@UuidArray Collection<UUID> enrollmentIds);

    /// Ids of the enrollments that these learners have in these courses.
    default List<UUID> findKeys(List<Candidate> candidates) {
        return Sql.of("SELECT k.enrollment_id FROM enrollment_keys k JOIN ")
                .add(pairs(candidates))
                .add(" ON c.user_id = k.user_id AND c.course_id = k.course_id")
                .list(row -> row.getObject(1, UUID.class));
    }

    private static Sql pairs(List<Candidate> candidates) {
        return Sql.of(
                "unnest(CAST(? AS uuid[]), CAST(? AS uuid[])) AS c(user_id, course_id)",
                users(candidates),
                courses(candidates));
    }

    private static UUID[] users(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::userId).toArray(UUID[]::new);
    }

    private static UUID[] courses(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::courseId).toArray(UUID[]::new);
    }
}
