package org.aula.content.asset;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.content.v1.ErrorReason;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.jspecify.annotations.Nullable;

/// A file as it was announced, whether its bytes have come, and what was found in them.
///
/// @param id UUIDv7
/// @param courseId null for none
/// @param lessonId null for none
/// @param fileName without a path
/// @param sizeBytes announced, in bytes
/// @param sha256 announced, lower-case hexadecimal
/// @param createdAt when it was announced, whole milliseconds
/// @param updatedAt when it last changed, whole milliseconds
/// @param custody null when no service keeps it
record Asset(
        UUID id,
        UUID ownerId,
        @Nullable UUID courseId,
        @Nullable UUID lessonId,
        String fileName,
        String mediaType,
        long sizeBytes,
        String sha256,
        State state,
        Visibility visibility,
        Instant createdAt,
        Instant updatedAt,
        AssetDetails details,
        @Nullable Custody custody) {

    /// As in the contract, without prefix.
    enum State {
        PENDING,
        READY,
        FAILED
    }

    /// As in the contract, without prefix.
    enum Visibility {
        PRIVATE,
        COURSE,
        PUBLIC
    }

    /// A service keeps it, and nobody else reads, lists or deletes it.
    ///
    /// @param custodian the service
    /// @param countsTowardsQuota whether its owner's quota holds it
    /// @param heldUntil nobody deletes it before; null for no hold
    record Custody(
            String custodian,
            boolean countsTowardsQuota,
            @Nullable Instant heldUntil) {}

    /// What was found in the object store.
    ///
    /// @param sha256 lower-case hexadecimal
    record Found(long sizeBytes, String sha256) {}

    /// Where the bytes lie. The year keeps listings short for those who look after the bucket.
    String objectKey() {
        return "assets/" + createdAt.atZone(ZoneOffset.UTC).getYear() + "/" + id;
    }

    boolean isReady() {
        return state == State.READY;
    }

    Asset in(State next, AssetDetails found, Instant now) {
        return new Asset(
                id,
                ownerId,
                courseId,
                lessonId,
                fileName,
                mediaType,
                sizeBytes,
                sha256,
                next,
                visibility,
                createdAt,
                now,
                found,
                custody);
    }

    /// What it counts towards its owner's quota, in bytes.
    long countedBytes() {
        return custody == null || custody.countsTowardsQuota() ? sizeBytes : 0;
    }

    /// Until when nobody deletes it; null for no hold.
    @Nullable
    Instant heldUntil() {
        return custody == null ? null : custody.heldUntil();
    }

    /// Whether a service keeps it that is not this caller.
    boolean isKeptFrom(Caller caller) {
        return custody != null
                && !(caller instanceof Caller.Service service && service.name().equals(custody.custodian()));
    }

    /// Whether it is there for those who may read its lesson, or its course where it has no lesson.
    boolean isForReaders() {
        return isReady() && custody == null && visibility == Visibility.COURSE && courseId != null;
    }

    /// The refusal for bytes that are not what was announced, or empty when they are.
    Optional<ServiceException> mismatch(Found found) {
        if (found.sizeBytes() != sizeBytes) {
            return Optional.of(mismatch("size_bytes=" + sizeBytes, "size_bytes=" + found.sizeBytes()));
        }
        if (!found.sha256().equals(sha256)) {
            return Optional.of(mismatch("sha256=" + sha256, "sha256=" + found.sha256()));
        }
        return Optional.empty();
    }

    static ServiceException mismatch(String announced, String found) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_UPLOAD_MISMATCH,
                "what was uploaded is not what was announced",
                Map.of("announced", announced, "found", found));
    }
}
