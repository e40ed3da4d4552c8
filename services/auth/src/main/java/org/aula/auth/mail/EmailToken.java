package org.aula.auth.mail;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is behind the link of an email.
///
/// @param email the address that a verification is about; null for a reset
/// @param usedAt null until it has had its effect
/// @param replacedAt null unless a later email took its place or the account changed
@MappedEntity("email_verification_tokens")
public record EmailToken(
        UUID id,
        UUID accountId,
        @Nullable String email,
        Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable Instant replacedAt) {

    /// Whether it can have its effect.
    public boolean isOpen(Instant now) {
        return usedAt == null && replacedAt == null && now.isBefore(expiresAt);
    }

    /// Whether it had its effect and its time is not over: its answer may have got lost.
    public boolean wasUsed(Instant now) {
        return usedAt != null && now.isBefore(expiresAt);
    }
}
