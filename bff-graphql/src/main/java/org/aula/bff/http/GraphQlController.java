package org.aula.bff.http;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
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
    private final Channels channels;

    GraphQlController(GraphQlEngine engine, PersistedDocuments documents, Channels channels) {
        this.engine = engine;
        this.documents = documents;
        this.channels = channels;
    }

    /// Queries by GET.
    @Get(produces = MediaType.ALL)
    CompletionStage<HttpResponse<byte[]>> get(HttpRequest<?> request) {
        return answer(request, () -> Requests.ofParameters(request.getParameters()));
    }

    /// Queries and mutations by POST.
    @Post(consumes = MediaType.ALL, produces = MediaType.ALL)
    CompletionStage<HttpResponse<byte[]>> post(HttpRequest<?> request, @Body byte @Nullable [] body) {
        return answer(request, () -> Requests.ofBody(request.getContentType().orElse(null), body));
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
        var headers = request.getHeaders();
        var client = new ClientHeaders(
                headers.get("authorization"),
                headers.get("traceparent"),
                headers.get("x-forwarded-for"),
                headers.get("user-agent"));
        var context = new RequestContext(channels, RequestIds.of(request), client);
        var answer = CompletableFuture.supplyAsync(read, context.sequentialExecutor())
                .thenCompose(asked ->
                        engine.execute(context, documents.resolve(asked)).thenApply(done -> keep(asked, done)));
        endWithConnection(request, context, answer);
        return answer;
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
