package org.aula.bff.http;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.micronaut.context.annotation.Executable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.aula.api.options.v1.Options;
import org.aula.api.options.v1.PlainHttp.AddressCase;
import org.aula.bff.backend.ClientHeaders;
import org.aula.bff.backend.Contract;
import org.aula.bff.backend.RequestContext;
import org.aula.kernel.client.Channels;
import org.aula.kernel.contract.ContractFiles;
import org.jspecify.annotations.Nullable;

/// Hands requests on to the methods that the contract offers as plain HTTP, and their answers back, byte for
/// byte. It decides nothing: who is asking and whether they may is for the service to say, which gets the headers
/// that the contract names and no other, not even the token of a user.
@Singleton
final class PlainHttp {

    static final int MAX_BYTES = 256 * 1024;

    private static final String STATUS = "status";

    private final Channels channels;
    private final Map<String, MethodDescriptor<Message, Message>> gets = new LinkedHashMap<>();
    private final Map<String, MethodDescriptor<Message, Message>> posts = new LinkedHashMap<>();

    PlainHttp(Channels channels) {
        this.channels = channels;
        for (var service : ContractFiles.services("aula.")) {
            for (var method : service.getMethods()) {
                var offered = method.getOptions().getExtension(Options.plainHttp);
                if (offered.getAddressCase() == AddressCase.GET) {
                    gets.put(offered.getGet(), Contract.generated(method));
                } else if (offered.getAddressCase() == AddressCase.POST) {
                    posts.put(offered.getPost(), Contract.generated(method));
                }
            }
        }
    }

    /// The methods that answer GET, by their paths.
    Map<String, MethodDescriptor<Message, Message>> gets() {
        return gets;
    }

    /// The methods that answer POST, by their paths.
    Map<String, MethodDescriptor<Message, Message>> posts() {
        return posts;
    }

    /// Answers GET.
    @Executable
    CompletionStage<HttpResponse<byte[]>> get(HttpRequest<?> request) {
        return answer(request, gets.get(request.getPath()), new byte[0]);
    }

    /// Answers POST.
    @Executable
    CompletionStage<HttpResponse<byte[]>> post(HttpRequest<?> request, @Body byte @Nullable [] body) {
        return answer(request, posts.get(request.getPath()), body == null ? new byte[0] : body);
    }

    private CompletionStage<HttpResponse<byte[]>> answer(
            HttpRequest<?> request, @Nullable MethodDescriptor<Message, Message> method, byte[] body) {
        if (method == null) {
            return CompletableFuture.completedStage(refusal(HttpStatus.NOT_FOUND, "Nothing is here.", request));
        }
        if (body.length > MAX_BYTES) {
            return CompletableFuture.completedStage(
                    refusal(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large.", request));
        }
        var headers = request.getHeaders();
        var client = new ClientHeaders(
                null, headers.get("traceparent"), headers.get("x-forwarded-for"), headers.get("user-agent"));
        return new RequestContext(channels, RequestIds.of(request), client)
                .call(method, message(method, request, body))
                .thenApply(PlainHttp::response)
                .exceptionally(failure -> refusal(status(failure), "The request could not be answered.", request));
    }

    private static Message message(MethodDescriptor<Message, Message> method, HttpRequest<?> request, byte[] body) {
        var message = Contract.request(method).toBuilder();
        for (var field : message.getDescriptorForType().getFields()) {
            if (isBody(field)) {
                var type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
                message.setField(
                        field,
                        HttpBody.newBuilder()
                                .setContentType(type == null ? "" : type)
                                .setData(ByteString.copyFrom(body))
                                .build());
            } else {
                var value = request.getHeaders().get(header(field));
                message.setField(field, value == null ? "" : value);
            }
        }
        return message.build();
    }

    private static HttpResponse<byte[]> response(Message answer) {
        var fields = answer.getAllFields();
        var response = HttpResponse.<byte[]>ok();
        fields.forEach((field, value) -> {
            if (isBody(field)) {
                var body = (HttpBody) value;
                response.body(body.getData().toByteArray()).header(HttpHeaders.CONTENT_TYPE, body.getContentType());
            } else if (field.getName().equals(STATUS)) {
                response.status((int) value);
            } else {
                response.header(header(field), (String) value);
            }
        });
        return response;
    }

    private static boolean isBody(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().getFullName().equals("google.api.HttpBody");
    }

    private static String header(FieldDescriptor field) {
        return field.getName().replace('_', '-');
    }

    private static HttpStatus status(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof StatusRuntimeException refused
                ? switch (refused.getStatus().getCode()) {
                    case INVALID_ARGUMENT -> HttpStatus.BAD_REQUEST;
                    case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
                    case UNAVAILABLE, DEADLINE_EXCEEDED -> HttpStatus.SERVICE_UNAVAILABLE;
                    default -> HttpStatus.INTERNAL_SERVER_ERROR;
                }
                : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private static MutableHttpResponse<byte[]> refusal(HttpStatus status, String message, HttpRequest<?> request) {
        return Answers.refusal(status, MediaType.APPLICATION_JSON, status.name(), message, RequestIds.of(request));
    }
}
