package org.aula.notifications.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An email and how far it has come.
///
/// ```
///            claim                     taken
///   QUEUED ---------> SENDING ------------------> SENT
///     ^  ^             |  |  \---- obsolete ----> DROPPED
///     |  |  may pass   |  |
///     |  +-------------+  +--- refused, too old -> FAILED
///     +----------------------- RetryDelivery --------+
/// ```
///
/// An email in SENDING whose lease is over is claimed again, by whoever comes first.
///
/// @param id of the event that caused it
/// @param userId whom it is for
/// @param kind code of a [org.aula.notifications.email.EmailKind]
/// @param subjectId the verification, reset, change, place on a waitlist or certificate that it is about;
///     null for none
/// @param attempts how often it was about to be handed over
/// @param failures how often in a row that failed in a way that may pass
/// @param retries how often somebody asked to try again
/// @param lease names the worker that has it; null while nobody has
/// @param lastError why the last try failed, or why it was dropped; never holds an address
/// @param createdAt when it was asked for
/// @param queuedAt since when it is tried
/// @param nextAttemptAt when it is tried next, or when the lease is over; null when it is done
/// @param sentAt when it was handed over; null before
/// @param expireAt when it is forgotten; null while it is not done
record Delivery(
        UUID id,
        UUID userId,
        String kind,
        @Nullable UUID subjectId,
        State state,
        int attempts,
        int failures,
        int retries,
        @Nullable String lease,
        String lastError,
        Instant createdAt,
        Instant queuedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant sentAt,
        @Nullable Instant expireAt) {

    enum State {
        QUEUED,
        SENDING,
        SENT,
        FAILED,
        DROPPED
    }

    static Delivery queued(
            UUID id, UUID userId, String kind, @Nullable UUID subjectId, Instant createdAt, Instant now) {
        return new Delivery(
                id, userId, kind, subjectId, State.QUEUED, 0, 0, 0, null, "", createdAt, now, now, null, null);
    }

    /// About to be handed over: the lease begins anew.
    Delivery begun(Instant leaseUntil) {
        return with(State.SENDING, attempts + 1, failures, lease, lastError, leaseUntil, null, null);
    }

    /// The email after a try.
    ///
    /// @param jitter factor around 1 that keeps emails from coming back all at once
    Delivery after(Outcome outcome, Instant now, DeliverySettings settings, double jitter) {
        return switch (outcome) {
            case Outcome.Sent sent ->
                with(State.SENT, attempts, failures, null, "", null, now, now.plus(settings.doneKept()));
            case Outcome.Dropped dropped ->
                with(
                        State.DROPPED,
                        attempts,
                        failures,
                        null,
                        dropped.reason(),
                        null,
                        null,
                        now.plus(settings.doneKept()));
            case Outcome.Refused refused -> failed(refused.error(), now, settings);
            case Outcome.Deferred deferred -> {
                var last = settings.pauses().size() - 1;
                var pause = settings.pauses().get(Math.min(failures, last));
                yield again(deferred.error(), failures + 1, pause, now, settings, jitter);
            }
            case Outcome.Away away -> again(away.what(), failures, settings.awayPause(), now, settings, jitter);
        };
    }

    /// Tried again because somebody asked for it.
    Delivery retried(Instant now) {
        return new Delivery(
                id,
                userId,
                kind,
                subjectId,
                State.QUEUED,
                attempts,
                0,
                retries + 1,
                null,
                lastError,
                createdAt,
                now,
                now,
                null,
                null);
    }

    private Delivery again(
            String error, int failed, Duration pause, Instant now, DeliverySettings settings, double jitter) {
        if (!now.isBefore(queuedAt.plus(settings.giveUpAfter()))) {
            return failed(error, now, settings);
        }
        var next = now.plusMillis(Math.round(pause.toMillis() * jitter));
        return with(State.QUEUED, attempts, failed, null, error, next, null, null);
    }

    private Delivery failed(String error, Instant now, DeliverySettings settings) {
        return with(State.FAILED, attempts, failures, null, error, null, null, now.plus(settings.failedKept()));
    }

    private Delivery with(
            State newState,
            int newAttempts,
            int newFailures,
            @Nullable String newLease,
            String newError,
            @Nullable Instant newNextAttemptAt,
            @Nullable Instant newSentAt,
            @Nullable Instant newExpireAt) {
        return new Delivery(
                id,
                userId,
                kind,
                subjectId,
                newState,
                newAttempts,
                newFailures,
                retries,
                newLease,
                newError,
                createdAt,
                queuedAt,
                newNextAttemptAt,
                newSentAt,
                newExpireAt);
    }
}
