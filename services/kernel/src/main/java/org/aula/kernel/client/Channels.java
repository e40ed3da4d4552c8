package org.aula.kernel.client;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.call.ServiceKeys;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.settings.Settings;

/// One channel for each service that is called: all addresses of its name in turn, kept alive, retried as
/// the contract allows (`idempotency_level`), with the identity and the deadline of the work in progress.
@Singleton
public final class Channels {

    private static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
    /// More than gRPC's own 8 KiB, so that the longest refusal of another service arrives as what it is.
    private static final int MAX_TRAILER_BYTES = 32 * 1024;

    private final Settings settings;
    private final ServiceKeys keys;
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

    Channels(Settings settings, ServiceKeys keys) {
        this.settings = settings;
        this.keys = keys;
    }

    /// The channel to a service.
    ///
    /// @param service its name, such as `courses`
    public Channel channel(String service) {
        return channels.computeIfAbsent(service, this::open);
    }

    @PreDestroy
    void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }

    private ManagedChannel open(String service) {
        var target = settings.target(service);
        ClientInterceptor outbound = new OutboundInterceptor(service, keys);
        ManagedChannelBuilder<?> builder = target.startsWith("inprocess:")
                ? InProcessChannelBuilder.forName(target.substring("inprocess:".length()))
                : NettyChannelBuilder.forTarget(target)
                        .usePlaintext()
                        .keepAliveTime(30, TimeUnit.SECONDS)
                        .keepAliveTimeout(5, TimeUnit.SECONDS);
        // What follows an answer is short here: it wakes who waits, or hands the answer on to another thread.
        return builder.directExecutor()
                .intercept(outbound)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .maxInboundMetadataSize(MAX_TRAILER_BYTES)
                .defaultServiceConfig(serviceConfig(service))
                .enableRetry()
                .build();
    }

    /// gRPC's service config: round robin, and three tries where the contract says that a method may be
    /// sent again.
    static Map<String, Object> serviceConfig(String service) {
        var names = new ArrayList<Map<String, Object>>();
        ContractFiles.services("aula." + service + ".").stream()
                .flatMap(found -> found.getMethods().stream())
                .filter(Channels::mayBeSentAgain)
                .forEach(method -> names.add(name(method)));
        Map<String, Object> retry = Map.of(
                "maxAttempts",
                3.0,
                "initialBackoff",
                "0.05s",
                "maxBackoff",
                "0.5s",
                "backoffMultiplier",
                2.0,
                "retryableStatusCodes",
                List.of("UNAVAILABLE"));
        return Map.of(
                "loadBalancingConfig",
                List.of(Map.of("round_robin", Map.of())),
                "methodConfig",
                names.isEmpty() ? List.of() : List.of(Map.of("name", names, "retryPolicy", retry)));
    }

    private static boolean mayBeSentAgain(Descriptors.MethodDescriptor method) {
        return ContractMethod.of(method).idempotency() != IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
    }

    private static Map<String, Object> name(Descriptors.MethodDescriptor method) {
        return Map.of("service", method.getService().getFullName(), "method", method.getName());
    }
}
