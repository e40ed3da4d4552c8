package org.aula.users.activity;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.jspecify.annotations.Nullable;

/// Records and lists what people did.
@Singleton
public final class Activities {

    private final ActivityStore store;
    private final Clock clock;

    Activities(ActivityStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Records what the caller did. The same request records once, whatever became of the first answer.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with IDEMPOTENCY_KEY_REUSED when the
    ///     request has recorded something else before
    public Activity record(UUID requestId, Activity.Deed deed) {
        var scope = CallScope.current();
        var activity = new Activity(
                UuidCreator.getTimeOrderedEpoch(),
                scope.requireUser(),
                deed,
                scope.clientInfo().remoteAddress(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var kept = store.insert(activity, requestId);
        if (!kept.deed().equals(deed)) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                    "request_id",
                    "this request id was used before with other contents");
        }
        return kept;
    }

    /// The latest first.
    ///
    /// @param action only this one; empty for all
    /// @param before only older than this one; null from the latest on
    public List<Activity> list(UUID userId, String action, @Nullable UUID before, int limit) {
        return store.list(userId, action, before, limit);
    }
}
