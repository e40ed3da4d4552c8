package org.aula.bff.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.aula.bff.documents.DocumentRequest;
import org.jspecify.annotations.Nullable;

/// GraphQL by server-sent events, each operation on a connection of its own: the distinct connections mode
/// of the library graphql-sse. The streams of the other mode are kept here too.
@Singleton
final class EventStreams {

    private static final Duration BEAT_EVERY = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Operations operations;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    EventStreams(Operations operations, TaskScheduler scheduler) {
        this.operations = operations;
        scheduler.scheduleAtFixedRate(BEAT_EVERY, BEAT_EVERY, () -> open.forEach(EventStream::beat));
    }

    /// Answers an operation by a stream that ends with it.
    HttpResponse<?> answer(HttpRequest<?> request, DocumentRequest document) {
        var running = new AtomicReference<@Nullable Operation>();
        var stream = open(() -> {
            var operation = running.get();
            if (operation != null) {
                operation.cancel();
            }
        });
        var operation =
                operations.of(GraphQlController.clientOf(request), RequestIds.of(request), new Listener(stream));
        running.set(operation);
        operation.start(document);
        return response(stream);
    }

    /// A stream that is kept alive, and ended when the gateway stops.
    EventStream open(Runnable whenGone) {
        var self = new AtomicReference<@Nullable EventStream>();
        var stream = new EventStream(() -> {
            var gone = self.get();
            if (gone != null && open.remove(gone)) {
                whenGone.run();
            }
        });
        self.set(stream);
        open.add(stream);
        return stream;
    }

    static HttpResponse<?> response(EventStream stream) {
        // A first comment, so that proxies and clients see the headers at once.
        stream.beat();
        return HttpResponse.ok(stream)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_EVENT_STREAM + "; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("x-accel-buffering", "no");
    }

    /// Clients come again, to another gateway: streams end without `complete`.
    @PreDestroy
    void drain() {
        open.forEach(EventStream::end);
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(notJson);
        }
    }

    private record Listener(EventStream stream) implements Operation.Listener {

        @Override
        public CompletionStage<?> next(Map<String, Object> body) {
            return stream.send("next", json(body));
        }

        @Override
        public void complete() {
            stream.send("complete", "");
            stream.end();
        }

        @Override
        public void error(List<Object> errors) {
            stream.send("next", json(Map.of("errors", errors)));
            complete();
        }

        /// Without `complete`, so that the client comes again.
        @Override
        public void tokenEnded() {
            stream.end();
        }
    }
}
