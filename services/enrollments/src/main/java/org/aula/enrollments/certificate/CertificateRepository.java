package org.aula.enrollments.certificate;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `certificates` and `certificate_settings`.
@Singleton
final class CertificateRepository {

    private static final String COLUMNS = """
            c.id, c.number, c.enrollment_id, c.user_id, c.course_id, c.learner_name, c.course_title, c.issued_at,
            c.expires_at, c.revoked_at, c.revoked_by, c.revocation_reason
            """;

    /// Writes a certificate with the name and the title as they are now. The key on the enrollment decides
    /// who is first.
    ///
    /// @return empty when there is one already, or the course issues none
    Optional<Certificate> issue(
            Handle handle,
            UUID id,
            CertificateNumber number,
            UUID enrollmentId,
            UUID userId,
            UUID courseId,
            Instant now) {
        return handle.createQuery("""
                        INSERT INTO certificates AS c (
                            id, number, enrollment_id, user_id, course_id, learner_name, course_title, issued_at,
                            expires_at)
                        SELECT :id, :number, :enrollmentId, :userId, course.id,
                            coalesce(trim(names.first_name || ' ' || names.last_name), ''), course.title, CAST(:now AS timestamptz),
                            CASE WHEN settings.valid_days > 0
                                THEN CAST(:now AS timestamptz) + make_interval(days => settings.valid_days) END
                        FROM courses_api.courses course
                        LEFT JOIN users_api.user_names names ON names.id = :userId
                        LEFT JOIN certificate_settings settings ON settings.course_id = course.id
                        WHERE course.id = :courseId AND coalesce(settings.issued, true)
                        ON CONFLICT (enrollment_id) DO NOTHING
                        RETURNING
                        """ + COLUMNS)
                .bind("id", id)
                .bind("number", number.text())
                .bind("enrollmentId", enrollmentId)
                .bind("userId", userId)
                .bind("courseId", courseId)
                .bind("now", now)
                .map((row, context) -> certificate(row))
                .findOne();
    }

    Optional<Certificate> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT " + COLUMNS + "FROM certificates c WHERE c.id = :id")
                .bind("id", id)
                .map((row, context) -> certificate(row))
                .findOne();
    }

    /// Locks the row until the transaction ends.
    Optional<Certificate> findForUpdate(Handle handle, UUID id) {
        return handle.createQuery("SELECT " + COLUMNS + "FROM certificates c WHERE c.id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> certificate(row))
                .findOne();
    }

    Optional<Certificate> findByNumber(Handle handle, CertificateNumber number) {
        return handle.createQuery("SELECT " + COLUMNS + "FROM certificates c WHERE c.number = :number")
                .bind("number", number.text())
                .map((row, context) -> certificate(row))
                .findOne();
    }

    List<Certificate> findByEnrollments(Handle handle, UUID userId, Collection<UUID> enrollmentIds) {
        return handle.createQuery("SELECT " + COLUMNS + """
                        FROM certificates c
                        WHERE c.enrollment_id = ANY(:enrollmentIds) AND c.user_id = :userId
                        """)
                .bindArray("enrollmentIds", UUID.class, enrollmentIds)
                .bind("userId", userId)
                .map((row, context) -> certificate(row))
                .list();
    }

    /// A learner's certificates, the latest first: the id tells when it was made.
    ///
    /// @param before the last id of the page before; null for the first page
    List<Certificate> list(Handle handle, UUID userId, @Nullable UUID before, int limit) {
        return handle.createQuery("SELECT " + COLUMNS + """
                        FROM certificates c
                        WHERE c.user_id = :userId AND (CAST(:before AS uuid) IS NULL OR c.id < CAST(:before AS uuid))
                        ORDER BY c.id DESC LIMIT :limit
                        """)
                .bind("userId", userId)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> certificate(row))
                .list();
    }

    void revoke(Handle handle, Certificate revoked) {
        handle.createUpdate("""
                        UPDATE certificates
                        SET revoked_at = :revokedAt, revoked_by = :revokedBy, revocation_reason = :reason
                        WHERE id = :id
                        """)
                .bind("id", revoked.id())
                .bind("revokedAt", revoked.revokedAt())
                .bind("revokedBy", revoked.revokedBy())
                .bind("reason", revoked.revocationReason())
                .execute();
    }

    /// Whose a course is; empty when there is none.
    Optional<UUID> findInstructor(Handle handle, UUID courseId) {
        return handle.createQuery("SELECT instructor_id FROM courses_api.courses WHERE id = :courseId")
                .bind("courseId", courseId)
                .mapTo(UUID.class)
                .findOne();
    }

    /// Whether everybody sees the course.
    boolean isPublished(Handle handle, UUID courseId) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT FROM courses_api.courses WHERE id = :courseId AND status = 'PUBLISHED')
                        """)
                .bind("courseId", courseId)
                .mapTo(Boolean.class)
                .one();
    }

    CertificateSettings settings(Handle handle, UUID courseId) {
        return handle.createQuery("SELECT issued, valid_days FROM certificate_settings WHERE course_id = :courseId")
                .bind("courseId", courseId)
                .map((row, context) ->
                        new CertificateSettings(courseId, row.getBoolean("issued"), row.getInt("valid_days")))
                .findOne()
                .orElseGet(() -> CertificateSettings.unsaid(courseId));
    }

    void save(Handle handle, CertificateSettings settings) {
        handle.createUpdate("""
                        INSERT INTO certificate_settings (course_id, issued, valid_days)
                        VALUES (:courseId, :issued, :validDays)
                        ON CONFLICT (course_id) DO UPDATE
                        SET issued = excluded.issued, valid_days = excluded.valid_days
                        """)
                .bind("courseId", settings.courseId())
                .bind("issued", settings.issued())
                .bind("validDays", settings.validDays())
                .execute();
    }

    private static Certificate certificate(ResultSet row) throws SQLException {
        return new Certificate(
                row.getObject("id", UUID.class),
                new CertificateNumber(row.getString("number")),
                row.getObject("enrollment_id", UUID.class),
                row.getObject("user_id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getString("learner_name"),
                row.getString("course_title"),
                Columns.instant(row, "issued_at"),
                Columns.instantOrNull(row, "expires_at"),
                Columns.instantOrNull(row, "revoked_at"),
                row.getObject("revoked_by", UUID.class),
                row.getString("revocation_reason"));
    }
}
