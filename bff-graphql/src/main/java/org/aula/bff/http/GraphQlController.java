package org.aula.bff.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.aula.bff.backend.ClientHeaders;
import org.aula.bff.backend.RequestContext;
import org.aula.bff.documents.DocumentRefusedException;
import org.aula.bff.documents.DocumentRequest;
import org.aula.bff.documents.PersistedDocuments;
import org.aula.bff.engine.Answer;
import org.aula.bff.engine.GraphQlEngine;
import org.aula.kernel.client.Channels;
import org.jspecify.annotations.Nullable;

/// The GraphQL endpoint. The event loop runs a request between its calls; nothing on it waits.
@Controller("/graphql")
final class GraphQlController {

    private final GraphQlEngine engine;
    private final PersistedDocuments documents;
    private final EventStreams streams;
    private final Reservations reservations;
    private final Channels channels;

    GraphQlController(
            GraphQlEngine engine,
            PersistedDocuments documents,
            EventStreams streams,
            Reservations reservations,
            Channels channels) {
        this.engine = engine;
        this.documents = documents;
        this.streams = streams;
        this.reservations = reservations;
        this.channels = channels;
    }

    /// Queries by GET; as events also subscriptions, and the stream that was reserved.
    @Get(produces = MediaType.ALL)
    CompletionStage<? extends HttpResponse<?>> get(HttpRequest<?> request) {
        if (Answers.wantsEvents(request)) {
            var token = Reservations.tokenOf(request);
            return events(
                    request,
                    () -> token == null
                            ? streams.answer(request, Requests.ofParameters(request.getParameters()))
                            : reservations.connect(token));
        }
        return answer(request, () -> Requests.ofParameters(request.getParameters()));
    }

    /// Queries and mutations by POST; as events also subscriptions.
    @Post(consumes = MediaType.ALL, produces = MediaType.ALL)
    CompletionStage<? extends HttpResponse<?>> post(HttpRequest<?> request, @Body byte @Nullable [] body) {
        var type = request.getContentType().orElse(null);
        var token = request.getHeaders().get(Reservations.HEADER);
        if (token != null) {
            return events(request, () -> {
                var id = Requests.extension(type, body, "operationId");
                reservations.begin(request, token, Requests.ofBody(type, body), id);
                return HttpResponse.accepted();
            });
        }
        if (Answers.wantsEvents(request)) {
            return events(request, () -> streams.answer(request, Requests.ofBody(type, body)));
        }
        return answer(request, () -> Requests.ofBody(type, body));
    }

    /// Reserves a stream for many operations.
    @Put(consumes = MediaType.ALL, produces = MediaType.TEXT_PLAIN)
    HttpResponse<String> reserve() {
        return HttpResponse.created(reservations.reserve()).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /// Ends an operation of a reserved stream.
    @Delete(consumes = MediaType.ALL, produces = MediaType.ALL)
    CompletionStage<? extends HttpResponse<?>> end(HttpRequest<?> request) {
        var token = String.valueOf(Reservations.tokenOf(request));
        return events(request, () -> {
            reservations.end(token, request.getParameters().get("operationId"));
            return HttpResponse.ok();
        });
    }

    private static CompletionStage<? extends HttpResponse<?>> events(
            HttpRequest<?> request, Supplier<HttpResponse<?>> answer) {
        try {
            return CompletableFuture.completedStage(answer.get());
        } catch (BadRequestException invalid) {
            return refused(request, MediaType.APPLICATION_JSON, invalid);
        }
    }

    private CompletionStage<HttpResponse<byte[]>> answer(HttpRequest<?> request, Supplier<DocumentRequest> read) {
        var mediaType = Answers.negotiate(request).orElse(null);
        if (mediaType == null) {
            return refused(
                    request,
                    MediaType.APPLICATION_JSON,
                    new BadRequestException(
                            HttpStatus.NOT_ACCEPTABLE,
                            "answers are application/graphql-response+json or application/json"));
        }
        return execute(request, read)
                .thenApply(done -> (HttpResponse<byte[]>) Answers.of(done, mediaType, request))
                .exceptionallyCompose(failure -> switch (failure.getCause()) {
                    case BadRequestException invalid -> refused(request, mediaType, invalid);
                    case DocumentRefusedException refused ->
                        CompletableFuture.completedStage(Answers.refusal(refused, mediaType, request));
                    case null, default -> CompletableFuture.failedStage(failure);
                });
    }

    private CompletionStage<Answer> execute(HttpRequest<?> request, Supplier<DocumentRequest> read) {
        var context = new RequestContext(channels, RequestIds.of(request), clientOf(request));
        var answer = CompletableFuture.supplyAsync(read, context.sequentialExecutor())
                .thenCompose(asked ->
                        engine.execute(context, documents.resolve(asked)).thenApply(done -> keep(asked, done)));
        endWithConnection(request, context, answer);
        return answer;
    }

    static ClientHeaders clientOf(HttpRequest<?> request) {
        var headers = request.getHeaders();
        return new ClientHeaders(
                headers.get("authorization"),
                headers.get("traceparent"),
                headers.get("x-forwarded-for"),
                headers.get("user-agent"));
    }

    private Answer keep(DocumentRequest asked, Answer done) {
        if (done.outcome() == Answer.Outcome.EXECUTED) {
            documents.keep(asked);
        }
        return done;
    }

    /// Ends the calls when the client hangs up: nobody would read their answers.
    private static void endWithConnection(HttpRequest<?> request, RequestContext context, CompletableFuture<?> answer) {
        if (request instanceof NettyHttpRequest<?> netty) {
            var closed = netty.getChannelHandlerContext().channel().closeFuture();
            ChannelFutureListener hangUp = future -> context.cancel();
            closed.addListener(hangUp);
            answer.whenComplete((done, failure) -> closed.removeListener(hangUp));
        }
    }

    private static CompletionStage<HttpResponse<byte[]>> refused(
            HttpRequest<?> request, String mediaType, BadRequestException invalid) {
        var reason = request.getMethod() == HttpMethod.GET ? "PARAMETERS_INVALID" : "BODY_INVALID";
        return CompletableFuture.completedFuture(Answers.refusal(
                invalid.status(), mediaType, reason, String.valueOf(invalid.getMessage()), RequestIds.of(request)));
    }
}
