package org.aula.bff.http;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/// What the HTTP server itself refuses (a body that is too large, an unknown path) looks like every other
/// refusal.
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class ErrorBodies implements ErrorResponseProcessor<byte[]> {

    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        var status = HttpStatus.valueOf(response.code());
        var message = status.getCode() >= 500 || context.getErrors().isEmpty()
                ? status.getReason()
                : context.getErrors().getFirst().getMessage();
        var refusal = Answers.refusal(
                status, MediaType.APPLICATION_JSON, status.name(), message, RequestIds.of(context.getRequest()));
        HttpResponse<?> made = response;
        made.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("content-type") && !name.equalsIgnoreCase("content-length")) {
                values.forEach(value -> refusal.header(name, value));
            }
        });
        return refusal;
    }
}
