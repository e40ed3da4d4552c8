package org.aula.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import org.junit.jupiter.api.Test;

final class HandlerGeneratorTest {

    private static final FileDescriptorProto MESSAGES = file("messages.proto", "org.example.messages")
            .addMessageType(DescriptorProto.newBuilder().setName("Ask"))
            .addMessageType(DescriptorProto.newBuilder().setName("Answer"))
            .build();

    @Test
    void unaryMethodsReturnTheirResponse() throws DescriptorValidationException {
        var handler = generate(method("AskOnce")).getFile(0);

        assertThat(handler.getName()).isEqualTo("org/example/service/OracleHandler.java");
        assertThat(handler.getContent())
                .startsWith("package org.example.service;")
                .contains("public abstract class OracleHandler extends OracleGrpc.OracleImplBase {")
                .contains("protected abstract org.example.messages.Answer askOnce(org.example.messages.Ask request);")
                .contains("observer.onNext(askOnce(request));");
    }

    @Test
    void methodsWithAStreamOfResponsesReturnTheStream() throws DescriptorValidationException {
        var handler = generate(method("Listen").setServerStreaming(true)).getFile(0);

        assertThat(handler.getContent())
                .contains("protected abstract org.aula.kernel.stream.ServerStream<org.example.messages.Answer>"
                        + " listen(org.example.messages.Ask request);")
                .contains("listen(request).open(observer, org.example.messages.Answer.getDefaultInstance());");
    }

    @Test
    void methodsWithAStreamOfRequestsStayAsTheyAre() throws DescriptorValidationException {
        var handler = generate(
                        method("Tell").setClientStreaming(true),
                        method("Talk").setClientStreaming(true).setServerStreaming(true))
                .getFile(0);

        assertThat(handler.getContent()).doesNotContain("tell").doesNotContain("talk");
    }

    @Test
    void refusesMessagesThatHaveNoFileOfTheirOwn() {
        var shared = MESSAGES.toBuilder()
                .setOptions(FileOptions.newBuilder().setJavaPackage("org.example.messages"))
                .build();

        assertThatThrownBy(() -> HandlerGenerator.generate(request(shared, method("AskOnce"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("example.Ask");
    }

    private static CodeGeneratorResponse generate(MethodDescriptorProto.Builder... methods)
            throws DescriptorValidationException {
        return HandlerGenerator.generate(request(MESSAGES, methods));
    }

    private static CodeGeneratorRequest request(
            FileDescriptorProto messages, MethodDescriptorProto.Builder... methods) {
        var service = ServiceDescriptorProto.newBuilder().setName("Oracle");
        for (var method : methods) {
            service.addMethod(method);
        }
        return CodeGeneratorRequest.newBuilder()
                .addProtoFile(messages)
                .addProtoFile(file("service.proto", "org.example.service")
                        .addDependency("messages.proto")
                        .addService(service))
                .addFileToGenerate("service.proto")
                .build();
    }

    private static FileDescriptorProto.Builder file(String name, String javaPackage) {
        return FileDescriptorProto.newBuilder()
                .setName(name)
                .setPackage("example")
                .setSyntax("proto3")
                .setOptions(FileOptions.newBuilder().setJavaPackage(javaPackage).setJavaMultipleFiles(true));
    }

    private static MethodDescriptorProto.Builder method(String name) {
        return MethodDescriptorProto.newBuilder()
                .setName(name)
                .setInputType(".example.Ask")
                .setOutputType(".example.Answer");
    }
}
