package org.aula.notifications.delivery;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What `enrollments` and `courses` publish of what emails are about.
@Singleton
final class LearningRepository {

    /// A seat that is kept.
    record Offer(String courseTitle, Instant expiresAt) {}

    /// A certificate that holds.
    ///
    /// @param number as it is printed
    /// @param expiresAt null for never
    record Issued(
            String number, String courseTitle, @Nullable Instant expiresAt) {}

    Optional<Offer> findOffer(Handle handle, UUID entryId, UUID userId, Instant now) {
        return handle.createQuery("""
                        SELECT c.title, o.offer_expires_at
                        FROM enrollments_api.waitlist_offers o JOIN courses_api.courses c ON c.id = o.course_id
                        WHERE o.id = :id AND o.user_id = :userId AND o.offer_expires_at > :now
                            AND c.status = 'PUBLISHED'
                        """)
                .bind("id", entryId)
                .bind("userId", userId)
                .bind("now", now)
                .map((row, context) -> new Offer(row.getString("title"), Columns.instant(row, "offer_expires_at")))
                .findOne();
    }

    Optional<Issued> findCertificate(Handle handle, UUID certificateId, UUID userId, Instant now) {
        return handle.createQuery("""
                        SELECT number, course_title, expires_at FROM enrollments_api.certificate_numbers
                        WHERE id = :id AND user_id = :userId AND coalesce(expires_at > :now, true)
                        """)
                .bind("id", certificateId)
                .bind("userId", userId)
                .bind("now", now)
                .map((row, context) -> new Issued(
                        row.getString("number"),
                        row.getString("course_title"),
                        Columns.instantOrNull(row, "expires_at")))
                .findOne();
    }
}
