package org.aula.content.asset;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.content.v1.ErrorReason;
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
        AssetDetails details) {

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
                found);
    }

    /// Whether it is there for those who may read its lesson, or its course where it has no lesson.
    boolean isForReaders() {
        return isReady() && visibility == Visibility.COURSE && courseId != null;
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

    private static ServiceException mismatch(String announced, String found) {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_UPLOAD_MISMATCH,
                "what was uploaded is not what was announced",
                Map.of("announced", announced, "found", found));
    }
}
