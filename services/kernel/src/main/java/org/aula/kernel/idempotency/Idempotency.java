package org.aula.kernel.idempotency;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.jspecify.annotations.Nullable;

/// Makes a method safe to send again: its effect and the key `(caller, method, request_id)` are committed
/// together, and the same key gives the first answer word for word. Only answers of work that succeeded are
/// kept, for 24 hours unless `aula.kernel.idempotency-keys-kept` says otherwise.
///
/// Answers that hold secrets must not be kept: let `work` return what may be stored, and add the secret
/// afterwards.
@Singleton
public final class Idempotency {

    private static final String REQUEST_ID = "request_id";

    private static final String LOCK = """
            SELECT pg_try_advisory_xact_lock(hashtextextended(?, 1));
            SELECT request_hash, response FROM idempotency_keys WHERE caller = ? AND method = ? AND request_id = ?
            """;

    private record Kept(byte[] requestHash, byte[] response) {}

    private final Database database;

    Idempotency(Database database) {
        this.database = database;
    }

    /// Runs work once for its key.
    ///
    /// @param request a message with a field `request_id`
    /// @param parser of the answer
    /// @param work what to do in the transaction, giving the answer that is kept
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with IDEMPOTENCY_KEY_REUSED when the
    ///     key came with another request; ABORTED with REQUEST_IN_PROGRESS while the same request is being
    ///     worked on
    public <A extends Message> A run(Message request, Parser<A> parser, Supplier<A> work) {
        var scope = CallScope.current();
        var requestId = requestId(request);
        var hash = hashWithoutRequestId(request);
        return database.transact(() -> {
            var kept = lock(scope, requestId);
            if (kept != null) {
                // The entry was written with the effect, the first time.
                scope.markAudited();
                return replay(kept, hash, parser);
            }
            var answer = work.get();
            keep(scope, requestId, hash, answer);
            return answer;
        });
    }

    /// Locks the key until the transaction ends and looks for its answer: two statements, since the second
    /// must see what was committed when the lock was free, in one trip.
    private static @Nullable Kept lock(CallScope scope, UUID requestId) {
        try (var statement = Session.current().connection().prepareStatement(LOCK)) {
            statement.setString(1, scope.caller().key() + " " + scope.method() + " " + requestId);
            statement.setString(2, scope.caller().key());
            statement.setString(3, scope.method());
            statement.setObject(4, requestId);
            statement.execute();
            requireFree(statement.getResultSet());
            statement.getMoreResults();
            var row = statement.getResultSet();
            return row.next() ? new Kept(row.getBytes("request_hash"), row.getBytes("response")) : null;
        } catch (SQLException failed) {
            throw new DataAccessException("the key was not looked up: " + failed.getMessage(), failed);
        }
    }

    private static void requireFree(ResultSet lock) throws SQLException {
        lock.next();
        if (!lock.getBoolean(1)) {
            throw Errors.tryAgain(
                    ErrorReason.ERROR_REASON_REQUEST_IN_PROGRESS, "a request with this key is in progress");
        }
    }

    private static void keep(CallScope scope, UUID requestId, byte[] hash, Message answer) {
        Session.current().defer("""
                INSERT INTO idempotency_keys (caller, method, request_id, request_hash, response)
                VALUES (?, ?, ?, ?, ?)
                """, scope.caller().key(), scope.method(), requestId, hash, answer.toByteArray());
    }

    private static <A extends Message> A replay(Kept kept, byte[] hash, Parser<A> parser) {
        if (!Arrays.equals(kept.requestHash(), hash)) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                    REQUEST_ID,
                    "this request id was used before with other contents");
        }
        try {
            return parser.parseFrom(kept.response());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept answer does not parse", broken);
        }
    }

    private static UUID requestId(Message request) {
        var field = request.getDescriptorForType().findFieldByName(REQUEST_ID);
        return UUID.fromString((String) request.getField(Objects.requireNonNull(field, "no request_id")));
    }

    private static byte[] hashWithoutRequestId(Message request) {
        var field = request.getDescriptorForType().findFieldByName(REQUEST_ID);
        var rest = request.toBuilder().clearField(field).build();
        var bytes = new ByteArrayOutputStream(rest.getSerializedSize());
        var stream = CodedOutputStream.newInstance(bytes);
        stream.useDeterministicSerialization();
        try {
            rest.writeTo(stream);
            stream.flush();
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
