package org.aula.bff.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aula.bff.backend.RequestContext;
import org.aula.bff.documents.DocumentRefusedException;
import org.aula.bff.documents.DocumentRequest;
import org.aula.bff.documents.PersistedDocuments;
import org.aula.bff.engine.Answer;
import org.aula.bff.engine.Failure;
import org.aula.bff.engine.GraphQlEngine;
import org.aula.bff.engine.GraphQlRequest;
import org.aula.bff.engine.Subscribed;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One operation of a connection that stays. The next event is asked for when the client's connection has
/// taken the answer to the one before.
final class Operation implements Subscriber<Object> {

    private static final Logger LOG = LoggerFactory.getLogger(Operation.class);
    private static final Set<String> REFRESHABLE = Set.of("TOKEN_EXPIRED", "TOKEN_STALE");

    /// Hears what comes of an operation. After anything but [#next] nothing follows.
    interface Listener {

        /// An answer.
        ///
        /// @return done when the client's connection has taken it
        CompletionStage<?> next(Map<String, Object> body);

        /// All is said.
        void complete();

        /// The operation did not begin, or broke off.
        void error(List<Object> errors);

        /// The access token is no longer good: the client has to come again with a fresh one.
        void tokenEnded();
    }

    private final GraphQlEngine engine;
    private final PersistedDocuments documents;
    private final RequestContext context;
    private final Listener listener;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable GraphQlRequest asked;
    private volatile @Nullable Subscription subscription;

    Operation(GraphQlEngine engine, PersistedDocuments documents, RequestContext context, Listener listener) {
        this.engine = engine;
        this.documents = documents;
        this.context = context;
        this.listener = listener;
    }

    /// Ends it; nothing more is said.
    void cancel() {
        ended.set(true);
        context.cancel();
        cancelStream();
    }

    /// Begins it; what comes of it goes to the listener.
    void start(DocumentRequest document) {
        CompletableFuture.supplyAsync(() -> documents.resolve(document), context.sequentialExecutor())
                .thenCompose(request -> {
                    asked = request;
                    return engine.subscribe(context, request);
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        failed(failure);
                    } else {
                        begun(document, done);
                    }
                });
    }

    private void begun(DocumentRequest document, Subscribed done) {
        var answer = done.answer();
        if (answer == null) {
            documents.keep(document);
            Objects.requireNonNull(done.events()).subscribe(this);
        } else if (answer.outcome() == Answer.Outcome.EXECUTED) {
            documents.keep(document);
            tell(answer).whenComplete((taken, failure) -> onComplete());
        } else {
            end(() -> listener.error(errors(answer)));
        }
    }

    private void failed(Throwable thrown) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof DocumentRefusedException refused) {
            end(() -> listener.error(
                    List.of(error(String.valueOf(refused.getMessage()), refused.code(), refused.reason()))));
        } else {
            onError(cause);
        }
    }

    @Override
    public void onSubscribe(Subscription running) {
        subscription = running;
        if (ended.get()) {
            running.cancel();
        } else {
            running.request(1);
        }
    }

    @Override
    public void onNext(Object event) {
        var request = context.next();
        var document = Objects.requireNonNull(asked);
        CompletableFuture.supplyAsync(() -> engine.answer(request, document, event), request.sequentialExecutor())
                .thenCompose(answer -> answer)
                .thenCompose(this::tell)
                .whenComplete((taken, failure) -> {
                    var running = subscription;
                    if (failure != null) {
                        cancelStream();
                        onError(failure);
                    } else if (running != null && !ended.get()) {
                        running.request(1);
                    }
                });
    }

    @Override
    public void onError(Throwable thrown) {
        var failure = Failure.of(thrown);
        if (REFRESHABLE.contains(failure.reason())) {
            end(listener::tokenEnded);
            return;
        }
        if (failure.isFault() && !ended.get()) {
            LOG.error("operation of {} failed: {}", context.requestId(), failure.message(), thrown);
        }
        end(() -> listener.error(List.of(error(failure.message(), failure.code(), failure.reason()))));
    }

    @Override
    public void onComplete() {
        end(listener::complete);
    }

    private CompletionStage<?> tell(Answer answer) {
        if (ended.get()) {
            return CompletableFuture.completedFuture(null);
        }
        return listener.next(answer.body());
    }

    private void cancelStream() {
        var running = subscription;
        if (running != null) {
            running.cancel();
        }
    }

    private void end(Runnable last) {
        if (ended.compareAndSet(false, true)) {
            last.run();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> errors(Answer answer) {
        return (List<Object>) answer.body().getOrDefault("errors", List.of());
    }

    private Map<String, Object> error(String message, String code, String reason) {
        return Map.of(
                "message",
                message,
                "extensions",
                Map.of("code", code, "reason", reason, "requestId", context.requestId()));
    }
}
