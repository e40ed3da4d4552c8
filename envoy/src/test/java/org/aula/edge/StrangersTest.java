package org.aula.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.api.courses.v1.CategoryServiceGrpc;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What one caller sends costs no other caller anything: Envoy has one connection to a service for all.
final class StrangersTest {

    private static final String CATEGORIES = "/aula.courses.v1.CategoryService/ListCategories";
    private static final String FOR_SERVICES_ONLY = "/aula.auth.v1.AuthService/GetRegistration";
    private static final int STRANGERS = 50;
    private static final int CALLS = 2_000;

    /// A header that HTTP takes, gRPC does not, and servers mind least. It stands for those that end a
    /// connection: the edge refuses all by one rule.
    private static final String STAND_IN = "x-name: a\tb";

    private static final List<String> MALFORMED = List.of(
            STAND_IN,
            "x!name: 1",
            "x-name: caf\u00e9",
            "grpc-timeout: 1",
            "grpc-timeout: -5S",
            "grpc-timeout: 99999999999999999999x");

    private static Upstreams upstreams;
    private static Envoy envoy;

    @BeforeAll
    static void start() throws Exception {
        upstreams = new Upstreams(new Tokens("2026-01").publicKeys());
        envoy = Envoy.start(upstreams.values(new Tokens("courses").publicKeys()));
    }

    @AfterAll
    static void stop() throws Exception {
        envoy.close();
        upstreams.close();
    }

    @Test
    void malformedHeadersAreRefusedByName() throws Exception {
        for (var header : MALFORMED) {
            var answer = send(header, CATEGORIES);

            assertThat(answer).as(header).startsWith("HTTP/1.1 200").contains("grpc-status: 3", "is malformed");
        }
        assertThat(send("x!name: 1", "/graphql")).startsWith("HTTP/1.1 400");
    }

    @Test
    void onlyServicesMindWhatIsNotAscii() throws Exception {
        assertThat(send("cookie: name=Ren\u00e9", "/graphql")).startsWith("HTTP/1.1 200");
        assertThat(send("cookie: name=Ren\u00e9", CATEGORIES, "text/plain")).contains("is malformed");
        assertThat(send("cookie: name=Ren\u00e9", "/v1/categories", "application/json"))
                .contains("is malformed");
    }

    /// To a method that the edge itself refuses: no server sees the value.
    @Test
    void binaryValuesAreBase64() throws Exception {
        assertThat(send("x-stand-in-bin: a!", FOR_SERVICES_ONLY)).contains("grpc-status: 3", "is malformed");
        assertThat(send("x-stand-in-bin: AAEC,AAEC", FOR_SERVICES_ONLY)).contains("grpc-status: 7");
    }

    @Test
    void trailersOfRequestsAreDropped() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), envoy.port())) {
            socket.setSoTimeout(10_000);
            var out = new ByteArrayOutputStream();
            out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(out, 4, 0, 0, new byte[0]);
            frame(
                    out,
                    1,
                    4,
                    1,
                    literals(
                            ":method",
                            "POST",
                            ":scheme",
                            "http",
                            ":authority",
                            "aula",
                            ":path",
                            CATEGORIES,
                            "content-type",
                            "application/grpc",
                            "te",
                            "trailers"));
            frame(out, 0, 0, 1, new byte[5]);
            frame(out, 1, 5, 1, literals("x-name", "b"));
            socket.getOutputStream().write(out.toByteArray());

            assertThat(headers(new DataInputStream(socket.getInputStream()))).containsEntry("grpc-status", "0");
        }
    }

    @Test
    void wellFormedOnesPass() throws Exception {
        for (var header : List.of("trace-bin: AAEC", "trace-bin: AAECAw==", "x-name: a b", "grpc-timeout: 5S")) {
            assertThat(send(header, CATEGORIES)).as(header).doesNotContain("malformed");
        }
    }

    @Test
    void fiftyOfThemCostAnotherCallerNoError() throws Exception {
        var busy = new AtomicBoolean(true);
        var sent = new AtomicInteger();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", envoy.port())
                .usePlaintext()
                .build();
        try (var strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < STRANGERS; number++) {
                strangers.submit(() -> {
                    while (busy.get()) {
                        send(STAND_IN, CATEGORIES);
                        sent.incrementAndGet();
                    }
                    return null;
                });
            }
            var stub = CategoryServiceGrpc.newBlockingStub(channel);
            int errors = 0;
            for (int call = 0; call < CALLS; call++) {
                try {
                    stub.listCategories(ListCategoriesRequest.getDefaultInstance());
                } catch (StatusRuntimeException refused) {
                    errors++;
                }
            }
            busy.set(false);
            assertThat(errors).isZero();
            assertThat(sent.get()).isGreaterThan(STRANGERS);
        } finally {
            busy.set(false);
            channel.shutdownNow();
        }
    }

    /// One frame of HTTP/2.
    private static void frame(ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
        out.writeBytes(ByteBuffer.allocate(9)
                .putShort((short) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .array());
        out.writeBytes(payload);
    }

    /// Names and values in HPACK's plainest form.
    private static byte[] literals(String... namesAndValues) {
        var block = new ByteArrayOutputStream();
        for (int index = 0; index < namesAndValues.length; index++) {
            if (index % 2 == 0) {
                block.write(0);
            }
            block.write(namesAndValues[index].length());
            block.writeBytes(namesAndValues[index].getBytes(StandardCharsets.US_ASCII));
        }
        return block.toByteArray();
    }

    /// All headers of the answer, its trailers too.
    private static Map<String, String> headers(DataInputStream in) throws Exception {
        var decoder = new DefaultHttp2HeadersDecoder();
        var found = new HashMap<String, String>();
        while (true) {
            int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == 1) {
                decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload))
                        .forEach(header -> found.put(
                                header.getKey().toString(), header.getValue().toString()));
            }
            if (type == 3 || type == 7) {
                throw new IOException("Frame of type " + type);
            }
            if (stream == 1 && (type == 0 || type == 1) && (flags & 1) != 0) {
                return found;
            }
        }
    }

    /// By grpc-web over a connection of its own, byte for byte.
    private static String send(String header, String path) throws IOException {
        return send(header, path, path.startsWith("/aula.") ? "application/grpc-web+proto" : "application/json");
    }

    private static String send(String header, String path, String type) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), envoy.port())) {
            var request = new ByteArrayOutputStream();
            request.writeBytes(("POST " + path + " HTTP/1.1\r\nhost: aula\r\nconnection: close\r\ncontent-type: " + type
                            + "\r\ncontent-length: 5\r\n" + header + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            request.writeBytes(new byte[5]);
            socket.getOutputStream().write(request.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
