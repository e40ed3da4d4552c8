package org.aula.kernel.server;

import build.buf.protovalidate.Validator;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.stream.LiveStreams;
import org.aula.kernel.token.TokenVerifier;
import org.jspecify.annotations.Nullable;

/// The service's gRPC server: its handlers behind the interceptors, in the one order that stands in
/// [#interceptors].
///
/// Each handler runs on a virtual thread of its own. [#stop] drains: NOT_SERVING first, then what runs may
/// finish.
@Singleton
public final class GrpcServer {

    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
    /// More than the edge lets through (`max_request_headers_kb`: 32 KiB, the path once more for JSON, and 32
    /// bytes a header): Netty answers longer ones by ending the connection that all callers share.
    private static final int MAX_HEADER_BYTES = 80 * 1024;

    private static final ExecutorService VIRTUAL = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("call-", 0).factory());

    private final Settings settings;
    private final List<ServerServiceDefinition> services;
    private final List<ServerServiceDefinition> edgeServices;
    private final Map<String, ContractMethod> contract;
    private final ValidationInterceptor validation;
    private final List<ServerInterceptor> interceptors;
    private final LiveStreams streams;
    private final HealthStatusManager health = new HealthStatusManager();
    private @Nullable Server server;

    GrpcServer(
            Settings settings,
            Collection<BindableService> services,
            Collection<TestInterceptor> testInterceptors,
            TokenVerifier verifier,
            Validator validator,
            LiveStreams streams,
            MeterRegistry metrics) {
        this.settings = settings;
        this.streams = streams;
        this.services = services.stream()
                .filter(service -> !(service instanceof EdgeService))
                .map(BindableService::bindService)
                .toList();
        this.edgeServices = services.stream()
                .filter(EdgeService.class::isInstance)
                .map(service -> forTheEdge(service, settings))
                .toList();
        this.contract = contractOf(this.services);
        this.validation = new ValidationInterceptor(validator);
        var ordered = new java.util.ArrayList<ServerInterceptor>(testInterceptors);
        ordered.addAll(List.of(
                new AccessInterceptor(settings.service(), metrics),
                new ErrorMappingInterceptor(),
                new CallerInterceptor(verifier, contract),
                new DeadlineInterceptor(contract),
                validation));
        this.interceptors = List.copyOf(ordered);
    }

    /// The interceptors, outermost first: access (id, trace, log, metrics), error mapping (exceptions to
    /// statuses), caller (identity and policy), deadline, validation.
    List<ServerInterceptor> interceptors() {
        return interceptors;
    }

    /// Health of this server as its callers see it.
    public HealthStatusManager health() {
        return health;
    }

    /// Compiles what the first calls need, listens, and reports SERVING.
    public void start() {
        warm();
        var builder = builder().executor(VIRTUAL).maxInboundMessageSize(MAX_MESSAGE_BYTES);
        for (var service : services) {
            builder.addService(ServerInterceptors.interceptForward(service, interceptors));
            health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING);
        }
        edgeServices.forEach(builder::addService);
        builder.addService(health.getHealthService());
        ContractReflection.services().forEach(builder::addService);
        try {
            server = builder.build().start();
        } catch (IOException taken) {
            throw new UncheckedIOException(settings.service() + " cannot listen on " + settings.listen(), taken);
        }
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
    }

    /// Reports NOT_SERVING, ends open streams, lets what else runs finish for this long, then stops.
    public void stop(java.time.Duration timeout) {
        health.enterTerminalState();
        var running = server;
        if (running == null) {
            return;
        }
        running.shutdown();
        streams.drain();
        try {
            if (!running.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private ServerBuilder<?> builder() {
        var listen = settings.listen();
        if (listen.startsWith("inprocess:")) {
            return InProcessServerBuilder.forName(listen.substring("inprocess:".length()));
        }
        var host = settings.get("LISTEN_HOST", "127.0.0.1");
        return NettyServerBuilder.forAddress(new InetSocketAddress(host, Integer.parseInt(listen)))
                .maxInboundMetadataSize(MAX_HEADER_BYTES)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
    }

    private static ServerServiceDefinition forTheEdge(BindableService service, Settings settings) {
        return ServerInterceptors.intercept(service, new EdgeInterceptor(settings.secret("edge.key")));
    }

    private void warm() {
        contract.values().stream()
                .map(method -> method.descriptor().getInputType())
                .distinct()
                .forEach(type -> validation.warm(com.google.protobuf.DynamicMessage.getDefaultInstance(type)));
    }

    private static Map<String, ContractMethod> contractOf(List<ServerServiceDefinition> services) {
        var contract = new HashMap<String, ContractMethod>();
        for (var service : services) {
            for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
                ContractMethod.of(method.getMethodDescriptor())
                        .ifPresent(known -> contract.put(known.fullName(), known));
            }
        }
        return Map.copyOf(contract);
    }
}
