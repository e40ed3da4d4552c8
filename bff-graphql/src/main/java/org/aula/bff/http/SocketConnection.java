package org.aula.bff.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.aula.bff.backend.ClientHeaders;
import org.jspecify.annotations.Nullable;

/// One WebSocket by the protocol graphql-transport-ws: what it may say when, and its operations.
final class SocketConnection {

    static final CloseReason BAD_REQUEST = new CloseReason(4400, "Invalid message");
    static final CloseReason UNAUTHORIZED = new CloseReason(4401, "Unauthorized");
    /// Clients come again, asking for their token anew.
    static final CloseReason FORBIDDEN = new CloseReason(4403, "Forbidden");
    static final CloseReason INITIALISATION_TIMEOUT = new CloseReason(4408, "Connection initialisation timeout");
    static final CloseReason TOO_MANY_INITIALISATIONS = new CloseReason(4429, "Too many initialisation requests");

    /// Operations of one connection at once.
    static final int MAX_OPERATIONS = 100;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ID = 128;

    private final WebSocketSession session;
    private final Operations operations;
    private final ClientHeaders handshake;
    private final String requestId;
    private final Map<String, Operation> running = new ConcurrentHashMap<>();
    private volatile @Nullable ClientHeaders client;
    private volatile boolean closed;
    private volatile boolean heard = true;

    /// @param handshake what came with the request that became the socket
    /// @param requestId the id of that request
    SocketConnection(WebSocketSession session, Operations operations, ClientHeaders handshake, String requestId) {
        this.session = session;
        this.operations = operations;
        this.handshake = handshake;
        this.requestId = requestId;
    }

    boolean isInitialised() {
        return client != null;
    }

    /// Whether anything came since this was asked last.
    boolean isAlive() {
        var was = heard;
        heard = false;
        return was;
    }

    void ping() {
        send(Map.of("type", "ping"));
    }

    /// A message of the client.
    void receive(String text) {
        heard = true;
        var message = parse(text);
        if (message == null || !(message.get("type") instanceof String type)) {
            close(BAD_REQUEST);
            return;
        }
        switch (type) {
            case "connection_init" -> initialise(message.get("payload"));
            case "ping" -> send(Map.of("type", "pong"));
            case "pong" -> {}
            case "subscribe" -> subscribe(message);
            case "complete" -> complete(message);
            default -> close(BAD_REQUEST);
        }
    }

    void close(CloseReason reason) {
        if (!closed) {
            forget();
            session.close(reason);
        }
    }

    /// The socket is gone.
    void forget() {
        closed = true;
        running.values().forEach(Operation::cancel);
        running.clear();
    }

    private void initialise(@Nullable Object payload) {
        if (client != null) {
            close(TOO_MANY_INITIALISATIONS);
            return;
        }
        client = new ClientHeaders(
                authorization(payload), handshake.traceparent(), handshake.forwardedFor(), handshake.userAgent());
        send(Map.of("type", "connection_ack"));
    }

    /// Browsers cannot send headers with a WebSocket: the token is in the payload, under the header's name.
    private @Nullable String authorization(@Nullable Object payload) {
        if (payload instanceof Map<?, ?> values) {
            for (var name : List.of("authorization", "Authorization")) {
                if (values.get(name) instanceof String token && !token.isBlank()) {
                    return token;
                }
            }
        }
        return handshake.authorization();
    }

    private void subscribe(Map<?, ?> message) {
        var known = client;
        if (known == null) {
            close(UNAUTHORIZED);
            return;
        }
        if (!(message.get("id") instanceof String id) || id.isEmpty() || id.length() > MAX_ID) {
            close(BAD_REQUEST);
            return;
        }
        if (running.containsKey(id)) {
            close(new CloseReason(4409, "Subscriber for " + id + " already exists"));
            return;
        }
        if (running.size() >= MAX_OPERATIONS) {
            error(id, List.of(refusal("TOO_MANY_OPERATIONS", "the connection has too many operations")));
            return;
        }
        try {
            var document = Requests.of(message.get("payload"), false);
            var operation = operations.of(known, requestId, new Listener(id));
            running.put(id, operation);
            operation.start(document);
        } catch (BadRequestException invalid) {
            error(id, List.of(refusal("BODY_INVALID", String.valueOf(invalid.getMessage()))));
        }
    }

    private void error(String id, List<Object> errors) {
        send(Map.of("id", id, "type", "error", "payload", errors));
    }

    private void complete(Map<?, ?> message) {
        var operation = message.get("id") instanceof String id ? running.remove(id) : null;
        if (operation != null) {
            operation.cancel();
        }
    }

    private Map<String, Object> refusal(String reason, String text) {
        return Map.of(
                "message",
                text,
                "extensions",
                Map.of("code", "INVALID_ARGUMENT", "reason", reason, "requestId", requestId));
    }

    private static @Nullable Map<?, ?> parse(String text) {
        try {
            return JSON.readValue(text, Object.class) instanceof Map<?, ?> message ? message : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    private CompletionStage<?> send(Map<String, ?> message) {
        if (closed) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return session.sendAsync(JSON.writeValueAsString(message));
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(notJson);
        }
    }

    /// Tells the client of one operation.
    private final class Listener implements Operation.Listener {

        private final String id;

        Listener(String id) {
            this.id = id;
        }

        @Override
        public CompletionStage<?> next(Map<String, Object> body) {
            return send(Map.of("id", id, "type", "next", "payload", body));
        }

        @Override
        public void complete() {
            running.remove(id);
            send(Map.of("id", id, "type", "complete"));
        }

        @Override
        public void error(List<Object> errors) {
            running.remove(id);
            SocketConnection.this.error(id, errors);
        }

        @Override
        public void tokenEnded() {
            close(FORBIDDEN);
        }
    }
}
