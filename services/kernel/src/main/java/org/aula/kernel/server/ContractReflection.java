package org.aula.kernel.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.ExtensionNumberResponse;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aula.kernel.contract.PublicContract;
import org.jspecify.annotations.Nullable;

/// gRPC reflection over the whole contract as partners see it, whatever of it this process serves: the edge
/// has one address for all services and asks one of them.
///
/// `v1alpha` has the messages of `v1` under another name, so that one answers for both.
final class ContractReflection {

    private static final String METHOD = "ServerReflectionInfo";

    private record Extension(String type, int number) {}

    /// A file as it is sent, and the names of those that it imports.
    private record SentFile(ByteString bytes, List<String> imports) {}

    private final Map<String, SentFile> files = new HashMap<>();
    private final Map<String, String> bySymbol = new HashMap<>();
    private final Map<Extension, String> byExtension = new HashMap<>();
    private final Map<String, Set<Integer>> numbers = new TreeMap<>();

    /// Made for the first who asks: most processes are never asked.
    private static final class Known {
        static final ContractReflection REFLECTION = new ContractReflection();
    }

    private ContractReflection() {
        for (var file : PublicContract.set().getFileList()) {
            // Nobody reads comments by reflection.
            var bytes = file.toBuilder().clearSourceCodeInfo().build().toByteString();
            files.put(file.getName(), new SentFile(bytes, List.copyOf(file.getDependencyList())));
            var prefix = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
            file.getMessageTypeList().forEach(message -> index(prefix, message, file.getName()));
            file.getEnumTypeList().forEach(type -> index(prefix, type, file.getName()));
            file.getExtensionList().forEach(extension -> index(prefix, extension, file.getName()));
            for (var service : file.getServiceList()) {
                bySymbol.put(prefix + service.getName(), file.getName());
                service.getMethodList()
                        .forEach(method ->
                                bySymbol.put(prefix + service.getName() + "." + method.getName(), file.getName()));
            }
        }
    }

    /// The service of either version.
    static List<ServerServiceDefinition> services() {
        return List.of(
                service("grpc.reflection.v1.ServerReflection"), service("grpc.reflection.v1alpha.ServerReflection"));
    }

    private static ServerServiceDefinition service(String name) {
        var method = MethodDescriptor.<ServerReflectionRequest, ServerReflectionResponse>newBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(name, METHOD))
                .setRequestMarshaller(ProtoUtils.marshaller(ServerReflectionRequest.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(ServerReflectionResponse.getDefaultInstance()))
                .build();
        var descriptor = ServiceDescriptor.newBuilder(name).addMethod(method).build();
        return ServerServiceDefinition.builder(descriptor)
                .addMethod(method, ServerCalls.asyncBidiStreamingCall(ContractReflection::answers))
                .build();
    }

    private static StreamObserver<ServerReflectionRequest> answers(StreamObserver<ServerReflectionResponse> answers) {
        var stream = (ServerCallStreamObserver<ServerReflectionResponse>) answers;
        var asked = new OneAtATime(stream);
        stream.disableAutoRequest();
        stream.setOnReadyHandler(asked::answerWhenRead);
        stream.request(1);
        return asked;
    }

    /// Takes a request when the answer to the one before is on its way: an answer is large, and answers that
    /// nobody reads would pile up.
    private static final class OneAtATime implements StreamObserver<ServerReflectionRequest> {

        private final ServerCallStreamObserver<ServerReflectionResponse> answers;
        private @Nullable ServerReflectionRequest open;
        private boolean completed;

        OneAtATime(ServerCallStreamObserver<ServerReflectionResponse> answers) {
            this.answers = answers;
        }

        @Override
        public void onNext(ServerReflectionRequest request) {
            open = request;
            answerWhenRead();
        }

        /// Answers what is open if the client reads; else once it does.
        void answerWhenRead() {
            var request = open;
            if (request == null || !answers.isReady()) {
                return;
            }
            open = null;
            answers.onNext(Known.REFLECTION.answer(request));
            if (completed) {
                answers.onCompleted();
            } else {
                answers.request(1);
            }
        }

        @Override
        public void onError(Throwable gone) {
            // Whoever asked has gone away; nobody reads an answer.
            open = null;
        }

        @Override
        public void onCompleted() {
            completed = true;
            if (open == null) {
                answers.onCompleted();
            }
        }
    }

    private ServerReflectionResponse answer(ServerReflectionRequest request) {
        var answer = ServerReflectionResponse.newBuilder()
                .setValidHost(request.getHost())
                .setOriginalRequest(request);
        switch (request.getMessageRequestCase()) {
            case LIST_SERVICES -> answer.setListServicesResponse(list());
            case FILE_BY_FILENAME -> file(answer, request.getFileByFilename(), request.getFileByFilename());
            case FILE_CONTAINING_SYMBOL ->
                file(answer, bySymbol.get(request.getFileContainingSymbol()), request.getFileContainingSymbol());
            case FILE_CONTAINING_EXTENSION -> {
                var asked = request.getFileContainingExtension();
                var extension = new Extension(asked.getContainingType(), asked.getExtensionNumber());
                file(answer, byExtension.get(extension), extension.type() + " " + extension.number());
            }
            case ALL_EXTENSION_NUMBERS_OF_TYPE -> numbers(answer, request.getAllExtensionNumbersOfType());
            case MESSAGEREQUEST_NOT_SET ->
                answer.setErrorResponse(error(Status.Code.INVALID_ARGUMENT, "Nothing is asked."));
        }
        return answer.build();
    }

    private static ListServiceResponse list() {
        var list = ListServiceResponse.newBuilder();
        PublicContract.services()
                .forEach(service -> list.addService(ServiceResponse.newBuilder().setName(service.getFullName())));
        return list.build();
    }

    private void file(ServerReflectionResponse.Builder answer, @Nullable String name, String asked) {
        if (name == null || !files.containsKey(name)) {
            answer.setErrorResponse(error(Status.Code.NOT_FOUND, "The contract has no " + asked + "."));
            return;
        }
        var found = new ArrayList<ByteString>();
        collect(name, new HashSet<>(), found);
        answer.setFileDescriptorResponse(FileDescriptorResponse.newBuilder().addAllFileDescriptorProto(found));
    }

    /// A file, then what it imports.
    private void collect(String name, Set<String> seen, List<ByteString> found) {
        var file = files.get(name);
        if (file != null && seen.add(name)) {
            found.add(file.bytes());
            file.imports().forEach(needed -> collect(needed, seen, found));
        }
    }

    private void numbers(ServerReflectionResponse.Builder answer, String type) {
        if (!numbers.containsKey(type) && !bySymbol.containsKey(type)) {
            answer.setErrorResponse(error(Status.Code.NOT_FOUND, "The contract has no " + type + "."));
            return;
        }
        answer.setAllExtensionNumbersResponse(ExtensionNumberResponse.newBuilder()
                .setBaseTypeName(type)
                .addAllExtensionNumber(numbers.getOrDefault(type, Set.of())));
    }

    private static ErrorResponse error(Status.Code code, String message) {
        return ErrorResponse.newBuilder()
                .setErrorCode(code.value())
                .setErrorMessage(message)
                .build();
    }

    private void index(String prefix, DescriptorProto message, String file) {
        var name = prefix + message.getName();
        bySymbol.put(name, file);
        message.getNestedTypeList().forEach(nested -> index(name + ".", nested, file));
        message.getEnumTypeList().forEach(type -> index(name + ".", type, file));
        message.getExtensionList().forEach(extension -> index(name + ".", extension, file));
    }

    private void index(String prefix, EnumDescriptorProto type, String file) {
        bySymbol.put(prefix + type.getName(), file);
    }

    private void index(String prefix, FieldDescriptorProto extension, String file) {
        var type = extension.getExtendee().substring(1);
        bySymbol.put(prefix + extension.getName(), file);
        byExtension.put(new Extension(type, extension.getNumber()), file);
        numbers.computeIfAbsent(type, absent -> new LinkedHashSet<>()).add(extension.getNumber());
    }
}
