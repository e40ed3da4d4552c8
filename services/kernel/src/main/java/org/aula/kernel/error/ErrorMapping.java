package org.aula.kernel.error;

import com.google.rpc.Code;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aula.api.common.v1.ErrorReason;
import org.jspecify.annotations.Nullable;

/// Turns whatever a handler threw into the refusal that the caller is told. Messages of drivers never pass.
public final class ErrorMapping {

    private static final Set<String> REDIS_AWAY = Set.of(
            "LOADING", "BUSY", "READONLY", "MASTERDOWN", "NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN", "MISCONF", "OOM");

    private ErrorMapping() {}

    /// The refusal for a failure. Unknown failures are INTERNAL.
    public static ServiceException map(Throwable failure) {
        return find(failure)
                .orElseGet(() -> Errors.of(
                        Code.INTERNAL,
                        ErrorReason.ERROR_REASON_INTERNAL,
                        "something went wrong on our side; the request id finds it in the logs",
                        Map.of()));
    }

    /// Whether trying the same again may help, because something that is unavailable may come back.
    public static boolean isPassing(Throwable failure) {
        var code = map(failure).status().getCode();
        return code == Code.UNAVAILABLE_VALUE
                || code == Code.ABORTED_VALUE
                || code == Code.DEADLINE_EXCEEDED_VALUE
                || code == Code.RESOURCE_EXHAUSTED_VALUE;
    }

    /// Whether somebody said no, so that trying the same again will not help. Failures that nobody foresaw
    /// are neither passing nor refusals.
    public static boolean isRefusal(Throwable failure) {
        return find(failure).isPresent() && !isPassing(failure);
    }

    private static Optional<ServiceException> find(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            var known = known(cause);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    /// Whether a store or another service is unavailable, so that all that needs it fails in the same way.
    public static boolean isUnavailable(Throwable failure) {
        return map(failure).status().getCode() == Code.UNAVAILABLE_VALUE;
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }

    private static Optional<ServiceException> known(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case ServiceException refusal -> refusal;
                    case StoreUnavailableException unavailable -> Errors.storeUnavailable(unavailable.store());
                    case UpstreamException upstream -> upstream(upstream);
                    case SQLTransientConnectionException ignored -> Errors.storeUnavailable("postgres");
                    case SQLException sql -> sql(sql);
                    case MongoTimeoutException ignored -> Errors.storeUnavailable("mongo");
                    case MongoSocketException ignored -> Errors.storeUnavailable("mongo");
                    case MongoException mongo when isAway(mongo) -> Errors.storeUnavailable("mongo");
                    case RedisException redis when isAway(redis) -> Errors.storeUnavailable("redis");
                    default -> null;
                });
    }

    /// A server that steps down, recovers or is shut down answers, but will not write; the driver marks most
    /// of its answers.
    private static boolean isAway(MongoException failure) {
        return failure.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)
                || failure.hasErrorLabel("RetryableWriteError")
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoConnectionPoolClearedException
                || failure instanceof MongoServerUnavailableException;
    }

    /// Of what Redis answers, these say how the server is, not what was wrong with the command.
    private static boolean isAway(RedisException failure) {
        return !(failure instanceof RedisCommandExecutionException refused)
                || refused.getMessage() != null
                        && REDIS_AWAY.contains(refused.getMessage().split(" ", 2)[0]);
    }

    private static ServiceException upstream(UpstreamException upstream) {
        return switch (upstream.code()) {
            case UNAVAILABLE, RESOURCE_EXHAUSTED -> Errors.serviceUnavailable(upstream.service());
            case DEADLINE_EXCEEDED -> deadlineExceeded();
            default ->
                Errors.of(
                        Code.INTERNAL,
                        ErrorReason.ERROR_REASON_SERVICE_REFUSED,
                        "another service refused a call that this one needs",
                        Map.of(
                                "service",
                                upstream.service(),
                                "code",
                                upstream.code().name()));
        };
    }

    /// DEADLINE_EXCEEDED.
    public static ServiceException deadlineExceeded() {
        return Errors.of(
                Code.DEADLINE_EXCEEDED,
                ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
                "the work did not end in time",
                Map.of());
    }

    /// PostgreSQL's SQLSTATE classes: 22021 a character that text cannot hold (NUL), 08 connection, 57P
    /// operator intervention, 53 resources, 57014 query cancelled (statement_timeout), 40 rollback because
    /// of others.
    private static @Nullable ServiceException sql(SQLException failure) {
        var state = failure.getSQLState();
        if (state == null) {
            return null;
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
            return Errors.storeUnavailable("postgres");
        }
        if (state.equals("22021")) {
            return Errors.invalid(
                    ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    "text must not contain NUL characters",
                    List.of(),
                    Map.of());
        }
        if (state.equals("57014")) {
            return deadlineExceeded();
        }
        if (state.startsWith("40")) {
            return Errors.tryAgain(
                    ErrorReason.ERROR_REASON_REQUEST_IN_PROGRESS, "concurrent change; retry the request");
        }
        return null;
    }
}
