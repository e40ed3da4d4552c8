package org.aula.handlers;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A protoc plugin: for each service of the contract, an abstract class `<Service>Handler` beside
/// grpc-java's stubs. Its unary methods return their response, and the class sends it; those with a stream
/// of responses return the stream, and the class opens it; what goes wrong is thrown. Methods with a stream
/// of requests stay as grpc-java declares them.
public final class HandlerGenerator {

    private static final String CLASS = """
            package ${package};

            import io.grpc.stub.StreamObserver;
            import org.jspecify.annotations.NullMarked;

            /// Base of what serves `${name}`: a method returns its response, or the stream of them, or throws.
            @NullMarked
            public abstract class ${service}Handler extends ${service}Grpc.${service}ImplBase {
            ${methods}}
            """;

    private static final String METHOD = """

                protected abstract ${response} ${method}(${request} request);

                @Override
                public final void ${method}(${request} request, StreamObserver<${response}> observer) {
                    observer.onNext(${method}(request));
                    observer.onCompleted();
                }
            """;

    private static final String STREAM = """

                protected abstract org.aula.kernel.stream.ServerStream<${response}> ${method}(${request} request);

                @Override
                public final void ${method}(${request} request, StreamObserver<${response}> observer) {
                    ${method}(request).open(observer, ${response}.getDefaultInstance());
                }
            """;

    private HandlerGenerator() {}

    /// Reads the request that protoc writes to the standard input, and answers on the standard output.
    public static void main(String[] arguments) throws IOException, DescriptorValidationException {
        generate(CodeGeneratorRequest.parseFrom(System.in)).writeTo(System.out);
    }

    /// Writes the handlers of the services in the files to generate.
    ///
    /// @throws DescriptorValidationException if protoc hands over files that do not fit each other
    static CodeGeneratorResponse generate(CodeGeneratorRequest request) throws DescriptorValidationException {
        var files = new HashMap<String, FileDescriptor>();
        // protoc lists a file after all that it imports.
        for (var proto : request.getProtoFileList()) {
            var imports = proto.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
            files.put(proto.getName(), FileDescriptor.buildFrom(proto, imports));
        }
        var response = CodeGeneratorResponse.newBuilder()
                .setSupportedFeatures(CodeGeneratorResponse.Feature.FEATURE_PROTO3_OPTIONAL_VALUE);
        for (var name : request.getFileToGenerateList()) {
            Objects.requireNonNull(files.get(name))
                    .getServices()
                    .forEach(service -> response.addFile(handler(service)));
        }
        return response.build();
    }

    private static CodeGeneratorResponse.File handler(ServiceDescriptor service) {
        var javaPackage = service.getFile().getOptions().getJavaPackage();
        var values = Map.of("package", javaPackage, "service", service.getName(), "name", service.getFullName());
        var methods = service.getMethods().stream()
                .filter(method -> !method.isClientStreaming())
                .map(HandlerGenerator::method)
                .collect(Collectors.joining());
        return CodeGeneratorResponse.File.newBuilder()
                .setName(javaPackage.replace('.', '/') + "/" + service.getName() + "Handler.java")
                .setContent(fill(CLASS, values).replace("${methods}", methods))
                .build();
    }

    private static String method(MethodDescriptor method) {
        return fill(
                method.isServerStreaming() ? STREAM : METHOD,
                Map.of(
                        "method",
                                Character.toLowerCase(method.getName().charAt(0))
                                        + method.getName().substring(1),
                        "request", javaName(method.getInputType()),
                        "response", javaName(method.getOutputType())));
    }

    private static String javaName(Descriptor message) {
        var file = message.getFile();
        if (!file.getOptions().getJavaMultipleFiles() || message.getContainingType() != null) {
            throw new IllegalArgumentException(message.getFullName() + " has no Java file of its own");
        }
        return file.getOptions().getJavaPackage() + "." + message.getName();
    }

    private static String fill(String template, Map<String, String> values) {
        var text = template;
        for (var value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }
}
