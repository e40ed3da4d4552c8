package org.aula.bff.http;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.aula.bff.backend.Contract;
import org.aula.kernel.client.Channels;
import org.jspecify.annotations.Nullable;

/// Whether the gateway can do its work, and which services answer it.
@Controller("/healthz")
final class Health {

    private static final Set<String> SERVICES = Contract.domains();
    /// Without these there is no screen worth showing; without another a screen lacks a part.
    private static final Set<String> REQUIRED = Set.of("auth", "courses");

    private static final int TIMEOUT_MILLIS = 1_000;

    private final Channels channels;

    Health(Channels channels) {
        this.channels = channels;
    }

    /// 200 while auth and courses answer, else 503; `services` says it of each.
    @Get(produces = MediaType.ALL)
    CompletionStage<HttpResponse<byte[]>> check() {
        var checks = new TreeMap<String, CompletableFuture<Boolean>>();
        SERVICES.forEach(service -> checks.put(service, isServing(service)));
        return CompletableFuture.allOf(checks.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> answer(checks));
    }

    private static HttpResponse<byte[]> answer(Map<String, CompletableFuture<Boolean>> checks) {
        var services = new TreeMap<String, String>();
        checks.forEach((service, check) -> services.put(service, check.join() ? "UP" : "DOWN"));
        var up = REQUIRED.stream().allMatch(service -> "UP".equals(services.get(service)));
        return Answers.body(
                up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                MediaType.APPLICATION_JSON,
                Map.of("status", up ? "UP" : "DOWN", "services", services));
    }

    private CompletableFuture<Boolean> isServing(String service) {
        Channel channel;
        try {
            channel = channels.channel(service);
        } catch (IllegalArgumentException noAddress) {
            // A platform may run without a service; that must not take the gateway out of the edge's sight.
            return CompletableFuture.completedFuture(false);
        }
        var serving = new CompletableFuture<Boolean>();
        var check = HealthGrpc.newFutureStub(channel)
                .withDeadlineAfter(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .check(HealthCheckRequest.getDefaultInstance());
        Futures.addCallback(
                check,
                new FutureCallback<>() {
                    @Override
                    public void onSuccess(@Nullable HealthCheckResponse answer) {
                        serving.complete(answer != null && answer.getStatus() == ServingStatus.SERVING);
                    }

                    @Override
                    public void onFailure(Throwable unavailable) {
                        serving.complete(false);
                    }
                },
                MoreExecutors.directExecutor());
        return serving;
    }
}
