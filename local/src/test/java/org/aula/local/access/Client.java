package org.aula.local.access;

import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.util.Map;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.testing.TestPlatform;

/// Calls methods of the contract with requests that [Requests] makes.
final class Client {

    private final TestPlatform platform;

    Client(TestPlatform platform) {
        this.platform = platform;
    }

    /// Calls a method as somebody who may.
    ///
    /// @param known what of the request is not left to [Requests]
    <Q, A> A ask(Person person, MethodDescriptor<Q, A> method, Map<String, String> known) {
        return ask(person.makerToken(), method, known);
    }

    /// Calls a method as who holds this token.
    <Q, A> A ask(String token, MethodDescriptor<Q, A> method, Map<String, String> known) {
        var contract = Contract.method(method.getFullMethodName());
        return ask(platform.withToken(Contract.service(contract), token), contract, method, known);
    }

    /// Calls a method as a visitor.
    <Q, A> A askAnonymously(MethodDescriptor<Q, A> method, Map<String, String> known) {
        var contract = Contract.method(method.getFullMethodName());
        return ask(platform.anonymous(Contract.service(contract)), contract, method, known);
    }

    /// Calls a method as another service.
    <Q, A> A askAsService(String caller, MethodDescriptor<Q, A> method, Map<String, String> known) {
        var contract = Contract.method(method.getFullMethodName());
        return ask(platform.asService(caller, Contract.service(contract)), contract, method, known);
    }

    /// Calls a method with a request that says more than names can.
    <Q, A> A send(String token, MethodDescriptor<Q, A> method, Q request) {
        var service = Contract.service(Contract.method(method.getFullMethodName()));
        return ClientCalls.blockingUnaryCall(platform.withToken(service, token), method, CallOptions.DEFAULT, request);
    }

    /// As [#send], as another service.
    <Q, A> A sendAsService(String caller, MethodDescriptor<Q, A> method, Q request) {
        var service = Contract.service(Contract.method(method.getFullMethodName()));
        return ClientCalls.blockingUnaryCall(platform.asService(caller, service), method, CallOptions.DEFAULT, request);
    }

    private static <Q, A> A ask(
            Channel channel, ContractMethod contract, MethodDescriptor<Q, A> method, Map<String, String> known) {
        var request =
                method.parseRequest(Requests.of(contract, known).toByteString().newInput());
        return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
    }

    /// Calls any method with a request of its type; a stream of requests is this one, and of a stream of
    /// responses the first is taken.
    static DynamicMessage call(Channel channel, ContractMethod method, DynamicMessage request) {
        var descriptor = method.descriptor();
        var grpc = MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(type(descriptor))
                .setFullMethodName(method.fullName())
                .setRequestMarshaller(
                        ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(descriptor.getInputType())))
                .setResponseMarshaller(
                        ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(descriptor.getOutputType())))
                .build();
        if (descriptor.isServerStreaming()) {
            return first(channel, grpc, request);
        }
        // One request and one answer: on the wire a stream of one message is the same.
        return ClientCalls.blockingUnaryCall(channel, grpc, CallOptions.DEFAULT, request);
    }

    private static MethodDescriptor.MethodType type(Descriptors.MethodDescriptor descriptor) {
        if (descriptor.isServerStreaming()) {
            return MethodDescriptor.MethodType.SERVER_STREAMING;
        }
        return descriptor.isClientStreaming()
                ? MethodDescriptor.MethodType.CLIENT_STREAMING
                : MethodDescriptor.MethodType.UNARY;
    }

    private static DynamicMessage first(
            Channel channel, MethodDescriptor<DynamicMessage, DynamicMessage> method, DynamicMessage request) {
        var context = Context.current().withCancellation();
        var before = context.attach();
        try {
            return ClientCalls.blockingServerStreamingCall(channel, method, CallOptions.DEFAULT, request)
                    .next();
        } finally {
            context.detach(before);
            context.cancel(null);
        }
    }
}
