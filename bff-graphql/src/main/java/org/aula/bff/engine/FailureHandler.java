package org.aula.bff.engine;

import graphql.GraphQLError;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes top-level errors of what is broken or forbidden, with `extensions { code reason requestId }`.
final class FailureHandler implements DataFetcherExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters parameters) {
        var request = Wiring.request(parameters.getDataFetchingEnvironment());
        var failure = Failure.of(parameters.getException());
        if (failure.isFault()) {
            LOG.error(
                    "request {} failed at {}: {}",
                    request.requestId(),
                    parameters.getPath(),
                    failure.message(),
                    Failure.unwrap(parameters.getException()));
        }
        var error = GraphQLError.newError()
                .message("%s", failure.message())
                .location(parameters.getSourceLocation())
                .path(parameters.getPath())
                .extensions(extensions(failure, request.requestId()))
                .build();
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }

    private static Map<String, Object> extensions(Failure failure, String requestId) {
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", failure.code());
        extensions.put("reason", failure.reason());
        extensions.put("requestId", requestId);
        if (!failure.metadata().isEmpty()) {
            extensions.put("metadata", failure.metadata());
        }
        if (failure.retryAfterSeconds() > 0) {
            extensions.put("retryAfterSeconds", failure.retryAfterSeconds());
        }
        return extensions;
    }
}
