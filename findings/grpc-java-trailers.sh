#!/usr/bin/env bash
# A refusal that tells much: its details travel in trailers.
. "$(dirname "$0")/lib.sh"
maven io.grpc:grpc-netty-shaded:1.85.1 io.grpc:grpc-stub:1.85.1 io.grpc:grpc-protobuf:1.85.1
finding "grpc-java" 1.85.1 "a client gets the status that the server gave, with all its details, as it gets messages of megabytes"

answers=$(java_source Trailers <<'JAVA'
import com.google.protobuf.*;
import io.grpc.*;
import io.grpc.netty.shaded.io.grpc.netty.*;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.*;
import java.net.InetSocketAddress;

public class Trailers {
    static final MethodDescriptor<Int32Value, Empty> METHOD = MethodDescriptor.<Int32Value, Empty>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("Courses/Import")
            .setRequestMarshaller(ProtoUtils.marshaller(Int32Value.getDefaultInstance()))
            .setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
            .build();

    public static void main(String[] args) throws Exception {
        var details = Metadata.Key.of("details-bin", Metadata.BINARY_BYTE_MARSHALLER);
        var server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(ServerServiceDefinition.builder("Courses")
                        .addMethod(METHOD, ServerCalls.asyncUnaryCall((Int32Value size, StreamObserver<Empty> answer) -> {
                            var trailers = new Metadata();
                            trailers.put(details, new byte[size.getValue()]);
                            answer.onError(Status.INVALID_ARGUMENT.asRuntimeException(trailers));
                        }))
                        .build())
                .build()
                .start();
        for (var limit : new int[] {8192, 65_536}) {
            var channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                    .usePlaintext()
                    .maxInboundMetadataSize(limit)
                    .build();
            for (var size : new int[] {5900, 6500}) {
                try {
                    ClientCalls.blockingUnaryCall(channel, METHOD, CallOptions.DEFAULT, Int32Value.of(size));
                } catch (StatusRuntimeException refused) {
                    System.out.println(refused.getStatus().getCode() + ": " + refused.getStatus().getDescription());
                }
            }
            channel.shutdownNow();
        }
        server.shutdownNow();
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "INVALID_ARGUMENT with 5,900 bytes of details arrives as" "INVALID_ARGUMENT: null" "$(answer 1)"
happens "with 6,500 bytes (base64 of them, and 32 for each header, are over the client's 8,192) as" "INTERNAL: http2 exception" "$(answer 2)"
happens "with 6,500 bytes at a client whose maxInboundMetadataSize is raised as" "INVALID_ARGUMENT: null" "$(answer 4)"
