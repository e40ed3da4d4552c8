package org.aula.enrollments.certificate;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.UuidArray;
import org.jspecify.annotations.Nullable;

/// Rows of `certificates` and `certificate_settings`.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface CertificateRepository extends GenericRepository<Certificate, UUID> {

    String COLUMNS = """
            c.id, c.number, c.enrollment_id, c.user_id, c.course_id, c.learner_name, c.course_title, c.issued_at,
            c.expires_at, c.revoked_at, c.revoked_by, c.revocation_reason
            """;

    /// Certificates; conditions follow.
    String SELECT = "SELECT " + COLUMNS + " FROM certificates c ";

    /// Inserts a certificate with the name and the title as they are now. The key on the enrollment decides
    /// who is first.
    ///
    /// @return null when there is one already, or the course issues none
    @Query("""
            INSERT INTO certificates AS c (
                id, number, enrollment_id, user_id, course_id, learner_name, course_title, issued_at, expires_at)
            SELECT :id, :number, :enrollmentId, :userId, course.id,
                coalesce(trim(names.first_name || ' ' || names.last_name), ''), course.title,
                CAST(:now AS timestamptz),
                CASE WHEN settings.valid_days > 0
                    THEN CAST(:now AS timestamptz) + make_interval(days => settings.valid_days) END
            FROM courses_api.courses course
            LEFT JOIN users_api.user_names names ON names.id = :userId
            LEFT JOIN certificate_settings settings ON settings.course_id = course.id
            WHERE course.id = :courseId AND coalesce(settings.issued, true)
            ON CONFLICT (enrollment_id) DO NOTHING
            RETURNING
            """ + COLUMNS)
    @Nullable
    Certificate issue(UUID id, CertificateNumber number, UUID enrollmentId, UUID userId, UUID courseId, Instant now);

    @Query(SELECT + "WHERE c.id = :id")
    Optional<Certificate> find(UUID id);

    /// Locks the row until the transaction ends.
    @Query(SELECT + "WHERE c.id = :id FOR UPDATE")
    Optional<Certificate> lock(UUID id);

    @Query(SELECT + "WHERE c.number = :number")
    Optional<Certificate> findByNumber(CertificateNumber number);

    @Query(SELECT + "WHERE c.enrollment_id = ANY(:enrollmentIds) AND c.user_id = :userId")
    List<Certificate> findByEnrollments(UUID userId, @UuidArray Collection<UUID> enrollmentIds);

    /// A learner's certificates, the latest first: the id tells when it was made.
    ///
    /// @param before the last id of the page before; null for the first page
    @Query(SELECT + """
            WHERE c.user_id = :userId AND (CAST(:before AS uuid) IS NULL OR c.id < CAST(:before AS uuid))
            ORDER BY c.id DESC LIMIT :limit
            """)
    List<Certificate> list(UUID userId, @Nullable UUID before, int limit);

    /// Writes who revoked a certificate, when and why.
    @Query("""
            UPDATE certificates
            SET revoked_at = :revokedAt, revoked_by = :revokedBy, revocation_reason = :revocationReason
            WHERE id = :id
            """)
    void revoke(Certificate revoked);

    @Query("SELECT course_id, issued, valid_days FROM certificate_settings WHERE course_id = :courseId")
    Optional<CertificateSettings> findSettings(UUID courseId);

    @Query("""
            INSERT INTO certificate_settings (course_id, issued, valid_days) VALUES (:courseId, :issued, :validDays)
            ON CONFLICT (course_id) DO UPDATE SET issued = excluded.issued, valid_days = excluded.valid_days
            """)
    void saveSettings(UUID courseId, boolean issued, int validDays);
}
