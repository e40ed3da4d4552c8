package org.aula.edge;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.ExtensionRegistry;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.StatusProto;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aula.api.options.v1.Options;
import org.aula.api.options.v1.PlainHttp;
import org.aula.api.options.v1.Policy;

/// What the edge wants to know of the contract.
///
/// @param methods its methods, in the descriptor set's order
/// @param descriptors the descriptor set by which JSON becomes messages: without comments, with the details
///     of errors
@SuppressWarnings("ArrayRecordComponent")
record Contract(List<Method> methods, byte[] descriptors) {

    private static final String DESCRIPTOR_SET = "/aula.binpb";

    /// One method of one service.
    ///
    /// @param domain the middle part of `aula.<domain>.v1`; its service and its cluster have the same name
    /// @param service full name, such as `aula.auth.v1.AuthService`
    /// @param name the method's own name
    /// @param policy who may call it
    /// @param deadline the server's cap; empty for a stream without one
    /// @param listening whether it answers by a stream
    /// @param repeatable whether the contract says that calling it again does no harm
    /// @param address where the gateway offers it as plain HTTP; empty if it does not
    record Method(
            String domain,
            String service,
            String name,
            Policy policy,
            Optional<Duration> deadline,
            boolean listening,
            boolean repeatable,
            String address) {

        String path() {
            return "/" + service + "/" + name;
        }

        /// Whether nobody but other services may call it.
        boolean internal() {
            return policy.getServicesCount() > 0
                    && policy.getPermissionsCount() == 0
                    && !policy.getAnonymous()
                    && !policy.getSignedIn()
                    && !policy.getOwner();
        }
    }

    /// Reads the descriptor set that the contract's module carries.
    static Contract read() throws IOException {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        Options.registerAllExtensions(registry);
        AnnotationsProto.registerAllExtensions(registry);
        try (InputStream stream = Contract.class.getResourceAsStream(DESCRIPTOR_SET)) {
            if (stream == null) {
                throw new IOException("No " + DESCRIPTOR_SET + " on the class path: aula-proto is not built");
            }
            var files = FileDescriptorSet.parseFrom(stream, registry).getFileList();
            return new Contract(
                    files.stream()
                            .filter(file -> file.getPackage().startsWith("aula."))
                            .flatMap(Contract::methodsOf)
                            .toList(),
                    descriptors(files));
        }
    }

    /// Without comments; and with what no method names: the details that errors carry. A method that is
    /// offered as REST is found by its own name too, which Envoy makes of the others alone.
    private static byte[] descriptors(List<FileDescriptorProto> files) {
        var set = new LinkedHashMap<String, FileDescriptorProto>();
        files.forEach(file -> set.put(file.getName(), file));
        for (var file : List.of(ErrorDetailsProto.getDescriptor(), StatusProto.getDescriptor())) {
            set.putIfAbsent(file.getName(), file.toProto());
        }
        return FileDescriptorSet.newBuilder()
                .addAllFile(set.values().stream().map(Contract::transcoded).toList())
                .build()
                .toByteArray();
    }

    private static FileDescriptorProto transcoded(FileDescriptorProto file) {
        var transcoded = file.toBuilder().clearSourceCodeInfo();
        for (var service : transcoded.getServiceBuilderList()) {
            for (var method : service.getMethodBuilderList()) {
                if (method.getOptions().hasExtension(AnnotationsProto.http)) {
                    var rule = method.getOptions().getExtension(AnnotationsProto.http).toBuilder();
                    rule.addAdditionalBindings(HttpRule.newBuilder()
                            .setPost("/" + file.getPackage() + "." + service.getName() + "/" + method.getName())
                            .setBody("*"));
                    method.getOptionsBuilder().setExtension(AnnotationsProto.http, rule.build());
                }
            }
        }
        return transcoded.build();
    }

    /// The domains that have a service, each once.
    List<String> domains() {
        return methods.stream().map(Method::domain).distinct().toList();
    }

    /// The services' full names, each once.
    List<String> services() {
        return methods.stream().map(Method::service).distinct().toList();
    }

    private static Stream<Method> methodsOf(FileDescriptorProto file) {
        String domain = file.getPackage().split("\\.")[1];
        return file.getServiceList().stream()
                .flatMap(service -> service.getMethodList().stream()
                        .map(method -> method(domain, file.getPackage() + "." + service.getName(), method)));
    }

    private static String address(PlainHttp offered) {
        return offered.hasGet() ? offered.getGet() : offered.getPost();
    }

    private static Method method(String domain, String service, MethodDescriptorProto method) {
        var options = method.getOptions();
        Optional<Duration> deadline = options.hasExtension(Options.deadline)
                ? Optional.of(options.getExtension(Options.deadline))
                        .map(cap -> Duration.ofSeconds(cap.getSeconds(), cap.getNanos()))
                : Optional.empty();
        return new Method(
                domain,
                service,
                method.getName(),
                options.getExtension(Options.policy),
                deadline,
                method.getServerStreaming(),
                options.getIdempotencyLevel() != IdempotencyLevel.IDEMPOTENCY_UNKNOWN,
                address(options.getExtension(Options.plainHttp)));
    }
}
