package org.aula.bff.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.aula.bff.documents.DocumentRequest;
import org.jspecify.annotations.Nullable;

/// The single connection mode of graphql-sse, for browsers that have few connections: a stream is reserved
/// by PUT and opened by GET, operations come by POST, each with an id, and are ended by DELETE. What
/// happens with all of them comes by the one stream.
///
/// A reservation is known to this process only: all its requests have to reach the same gateway. It is
/// forgotten when its stream ends, or after a minute without one.
@Singleton
final class Reservations {

    static final String HEADER = "x-graphql-event-stream-token";
    private static final String PARAMETER = "token";
    private static final Duration UNUSED_FOR = Duration.ofMinutes(1);
    private static final int MAX_RESERVATIONS = 10_000;
    private static final int MAX_ID = 128;

    private final Operations operations;
    private final EventStreams streams;
    private final Cache<String, Reservation> unused = Caffeine.newBuilder()
            .expireAfterWrite(UNUSED_FOR)
            .maximumSize(MAX_RESERVATIONS)
            .build();
    private final Map<String, Reservation> open = new ConcurrentHashMap<>();

    Reservations(Operations operations, EventStreams streams) {
        this.operations = operations;
        this.streams = streams;
    }

    /// The reservation's token in a request; null if there is none.
    static @Nullable String tokenOf(HttpRequest<?> request) {
        var header = request.getHeaders().get(HEADER);
        return header == null ? request.getParameters().get(PARAMETER) : header;
    }

    /// A new one.
    ///
    /// @return its token
    String reserve() {
        var token = UUID.randomUUID().toString();
        unused.put(token, new Reservation());
        return token;
    }

    /// Opens the stream of a reservation.
    ///
    /// @throws BadRequestException 404 or 409
    HttpResponse<?> connect(String token) {
        if (open.containsKey(token)) {
            throw new BadRequestException(HttpStatus.CONFLICT, "the stream is open already");
        }
        var reservation = unused.asMap().remove(token);
        if (reservation == null) {
            throw unknown();
        }
        open.put(token, reservation);
        var stream = streams.open(() -> {
            open.remove(token);
            reservation.cancelAll();
        });
        reservation.stream = stream;
        return EventStreams.response(stream);
    }

    /// Begins an operation, whose answers come by the reservation's stream.
    ///
    /// @throws BadRequestException 400, 404 or 409
    void begin(HttpRequest<?> request, String token, DocumentRequest document, @Nullable Object operationId) {
        var reservation = find(token);
        if (!(operationId instanceof String id) || id.isEmpty() || id.length() > MAX_ID) {
            throw new BadRequestException(HttpStatus.BAD_REQUEST, "'extensions.operationId' is missing");
        }
        var stream = reservation.stream;
        if (stream == null) {
            throw new BadRequestException(HttpStatus.CONFLICT, "open the stream first, by GET");
        }
        if (reservation.running.size() >= SocketConnection.MAX_OPERATIONS) {
            throw new BadRequestException(HttpStatus.CONFLICT, "the stream has too many operations");
        }
        var operation = operations.of(
                GraphQlController.clientOf(request), RequestIds.of(request), reservation.listener(id, stream));
        if (reservation.running.putIfAbsent(id, operation) != null) {
            throw new BadRequestException(HttpStatus.CONFLICT, "there is an operation " + id + " already");
        }
        operation.start(document);
    }

    /// Ends an operation.
    ///
    /// @throws BadRequestException 404
    void end(String token, @Nullable String operationId) {
        var operation = operationId == null ? null : find(token).running.remove(operationId);
        if (operation != null) {
            operation.cancel();
        }
    }

    private Reservation find(String token) {
        var reservation = open.get(token);
        if (reservation == null) {
            reservation = unused.getIfPresent(token);
        }
        if (reservation == null) {
            throw unknown();
        }
        return reservation;
    }

    private static BadRequestException unknown() {
        return new BadRequestException(HttpStatus.NOT_FOUND, "there is no such stream; reserve one by PUT");
    }

    private static final class Reservation {

        private final Map<String, Operation> running = new ConcurrentHashMap<>();
        private volatile @Nullable EventStream stream;

        void cancelAll() {
            running.values().forEach(Operation::cancel);
            running.clear();
        }

        Operation.Listener listener(String id, EventStream to) {
            return new Operation.Listener() {
                @Override
                public CompletionStage<?> next(Map<String, Object> body) {
                    return to.send("next", EventStreams.json(Map.of("id", id, "payload", body)));
                }

                @Override
                public void complete() {
                    running.remove(id);
                    to.send("complete", EventStreams.json(Map.of("id", id)));
                }

                @Override
                public void error(List<Object> errors) {
                    next(Map.of("errors", errors));
                    complete();
                }

                /// The client comes again with all its operations.
                @Override
                public void tokenEnded() {
                    to.end();
                }
            };
        }
    }
}
