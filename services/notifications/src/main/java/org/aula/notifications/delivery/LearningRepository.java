package org.aula.notifications.delivery;

import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What `enrollments`, `courses` and `users` publish of what emails are about and who wants them.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface LearningRepository extends GenericRepository<LearningRepository.Offer, UUID> {

    String WANTED = """
            NOT EXISTS (
                SELECT FROM users_api.notification_preferences
                WHERE user_id = :userId AND NOT email_notifications) AS wanted
            """;

    /// A seat that is held.
    ///
    /// @param wanted whether the person has left mails about courses switched on
    @MappedEntity("waitlist_offers")
    record Offer(String courseTitle, Instant expiresAt, boolean wanted) {}

    /// A certificate that is valid.
    ///
    /// @param number as it is printed
    /// @param expiresAt null for never
    /// @param wanted whether the person has left mails about courses switched on
    @MappedEntity("certificate_numbers")
    record Issued(
            String number, String courseTitle, @Nullable Instant expiresAt, boolean wanted) {}

    @Query("SELECT c.title AS course_title, o.offer_expires_at AS expires_at, " + WANTED + """
            FROM enrollments_api.waitlist_offers o JOIN courses_api.courses c ON c.id = o.course_id
            WHERE o.id = :entryId AND o.user_id = :userId AND o.offer_expires_at > :now
                AND c.status = 'PUBLISHED'
            """)
    Optional<Offer> findOffer(UUID entryId, UUID userId, Instant now);

    @Query("SELECT number, course_title, expires_at, " + WANTED + """
            FROM enrollments_api.certificate_numbers
            WHERE id = :certificateId AND user_id = :userId AND coalesce(expires_at > :now, true)
            """)
    Optional<Issued> findCertificate(UUID certificateId, UUID userId, Instant now);
}
