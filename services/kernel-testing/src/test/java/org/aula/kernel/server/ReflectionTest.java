package org.aula.kernel.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ExtensionRequest;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Reflection tells the contract as partners see it, whatever of it the process serves.
final class ReflectionTest {

    private static final List<String> VERSIONS = List.of("v1", "v1alpha");

    private static final class Courses extends CourseServiceGrpc.CourseServiceImplBase {}

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses").bean(new Courses());

    @Test
    void bothVersionsListTheServicesOfAllDomainsAndNoneForServicesOnly() throws Exception {
        for (var version : VERSIONS) {
            var list = ask(version, ServerReflectionRequest.newBuilder().setListServices(""))
                    .getListServicesResponse();

            assertThat(list.getServiceList())
                    .extracting(service -> service.getName())
                    .contains("aula.courses.v1.CourseService", "aula.grades.v1.GradebookService")
                    .doesNotContain("aula.auth.v1.MailService")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aSymbolIsToldWithWhatItsFileImports() throws Exception {
        var files = files(ask("v1", symbol("aula.auth.v1.AuthService.Login")));

        assertThat(files)
                .extracting(FileDescriptorProto::getName)
                .contains(
                        "aula/auth/v1/auth_service.proto",
                        "aula/options/v1/options.proto",
                        "google/protobuf/descriptor.proto");
        assertThat(files.getFirst().getService(0).getMethodList())
                .extracting(method -> method.getName())
                .contains("Login")
                .doesNotContain("GetRegistration");
        assertThat(ask("v1", symbol("aula.auth.v1.AuthService.GetRegistration"))
                        .getErrorResponse()
                        .getErrorCode())
                .isEqualTo(5);
        assertThat(ask("v1", symbol("aula.auth.v1.GetRegistrationRequest")).hasErrorResponse())
                .isTrue();
    }

    @Test
    void theDetailsOfErrorsAndTheContractsOptionsAreFound() throws Exception {
        assertThat(files(ask("v1", symbol("google.rpc.ErrorInfo")))).isNotEmpty();
        var policy = ExtensionRequest.newBuilder()
                .setContainingType("google.protobuf.MethodOptions")
                .setExtensionNumber(50801);
        assertThat(files(ask("v1", ServerReflectionRequest.newBuilder().setFileContainingExtension(policy)))
                        .getFirst()
                        .getName())
                .isEqualTo("aula/options/v1/options.proto");
        assertThat(ask(
                                "v1",
                                ServerReflectionRequest.newBuilder()
                                        .setAllExtensionNumbersOfType("google.protobuf.MethodOptions"))
                        .getAllExtensionNumbersResponse()
                        .getExtensionNumberList())
                .contains(50801, 50802, 50803);
    }

    @Test
    void answersAreMadeAsTheyAreRead() throws Exception {
        var name = "reflection-" + UUID.randomUUID();
        var made = new AtomicInteger();
        var server = InProcessServerBuilder.forName(name).directExecutor();
        ContractReflection.services()
                .forEach(service -> server.addService(ServerInterceptors.intercept(service, new Counter(made))));
        var running = server.build().start();
        var channel = InProcessChannelBuilder.forName(name).directExecutor().build();
        try {
            for (var version : VERSIONS) {
                made.set(0);
                var read = new AtomicInteger();
                var ended = new CompletableFuture<Status>();
                var call = channel.newCall(method(version), CallOptions.DEFAULT);
                call.start(
                        new ClientCall.Listener<>() {
                            @Override
                            public void onMessage(ServerReflectionResponse answer) {
                                assertThat(answer.hasFileDescriptorResponse()).isTrue();
                                read.incrementAndGet();
                            }

                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                ended.complete(status);
                            }
                        },
                        new Metadata());
                for (var asked = 0; asked < 500; asked++) {
                    call.sendMessage(symbol("aula.auth.v1.AuthService").build());
                }
                assertThat(made).hasValueLessThanOrEqualTo(1);

                call.request(3);
                assertThat(read).hasValue(3);
                assertThat(made).hasValueLessThanOrEqualTo(4);

                call.halfClose();
                call.request(1_000);
                assertThat(ended.get(10, TimeUnit.SECONDS).isOk()).isTrue();
                assertThat(read).hasValue(500);
            }
        } finally {
            channel.shutdownNow();
            running.shutdownNow();
        }
    }

    /// Counts the answers that a service makes, whether or not they are read.
    private record Counter(AtomicInteger made) implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return next.startCall(
                    new SimpleForwardingServerCall<>(call) {
                        @Override
                        public void sendMessage(A answer) {
                            made.incrementAndGet();
                            super.sendMessage(answer);
                        }
                    },
                    headers);
        }
    }

    private static ServerReflectionRequest.Builder symbol(String name) {
        return ServerReflectionRequest.newBuilder().setFileContainingSymbol(name);
    }

    private static List<FileDescriptorProto> files(ServerReflectionResponse answer) {
        return answer.getFileDescriptorResponse().getFileDescriptorProtoList().stream()
                .map(bytes -> {
                    try {
                        return FileDescriptorProto.parseFrom(bytes);
                    } catch (InvalidProtocolBufferException broken) {
                        throw new AssertionError(broken);
                    }
                })
                .toList();
    }

    private static MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> method(String version) {
        return MethodDescriptor.<ServerReflectionRequest, ServerReflectionResponse>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName("grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo")
                .setRequestMarshaller(ProtoUtils.marshaller(ServerReflectionRequest.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(ServerReflectionResponse.getDefaultInstance()))
                .build();
    }

    private static ServerReflectionResponse ask(String version, ServerReflectionRequest.Builder request)
            throws Exception {
        Channel channel = platform.anonymous("courses");
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var stream = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(method(version), CallOptions.DEFAULT), new StreamObserver<ServerReflectionResponse>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable refused) {
                        answer.completeExceptionally(refused);
                    }

                    @Override
                    public void onCompleted() {}
                });
        stream.onNext(request.build());
        stream.onCompleted();
        return answer.get(10, TimeUnit.SECONDS);
    }
}
