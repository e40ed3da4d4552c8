package org.aula.edge;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.aula.api.courses.v1.Category;
import org.aula.api.courses.v1.CategoryServiceGrpc.CategoryServiceImplBase;
import org.aula.api.courses.v1.CourseServiceGrpc.CourseServiceImplBase;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.ListCategoriesResponse;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.ListCoursesResponse;
import org.aula.api.enrollments.v1.ProgressServiceGrpc.ProgressServiceImplBase;
import org.aula.api.enrollments.v1.StreamProgressRequest;
import org.aula.api.enrollments.v1.StreamProgressResponse;

/// What stands behind Envoy in the tests: a gRPC server that knows a little of the courses domain, and an
/// HTTP server in the BFF's place. Both remember the headers that reached them.
final class Upstreams implements AutoCloseable {

    /// A method that never answers.
    static final String SILENT = "/aula.courses.v1.CourseService/ListCourses";

    /// The version of what `/graphql` answers to GET.
    static final String ETAG = "\"version\"";

    /// What each operation of `/graphql` costs.
    static final int COST = 240;

    private final Server grpc;
    private final HttpServer http;
    private final AtomicInteger heartbeats = new AtomicInteger();
    private final Limits limits = new Limits();
    private volatile Metadata grpcHeaders = new Metadata();
    private volatile Map<String, List<String>> httpHeaders = Map.of();

    Upstreams(String userKeys) throws IOException {
        var loopback = InetAddress.getLoopbackAddress();
        grpc = NettyServerBuilder.forAddress(new InetSocketAddress(loopback, 0))
                .addService(new HealthStatusManager().getHealthService())
                .addService(new Categories())
                .addService(new Courses())
                .addService(new Progress())
                .addService(limits)
                .intercept(new Remember())
                .build()
                .start();
        http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        http.createContext("/healthz", exchange -> answer(exchange, "ok"));
        http.createContext("/.well-known/jwks.json", exchange -> answer(exchange, userKeys));
        http.createContext("/verify-email", exchange -> answer(exchange, "page"));
        http.createContext("/reset-password", exchange -> answer(exchange, "page"));
        http.createContext("/waitlist-offer", exchange -> answer(exchange, "page"));
        http.createContext("/certificates/", exchange -> answer(exchange, "certificate"));
        http.createContext("/oauth/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, "token");
        });
        http.createContext("/graphql", this::graphql);
        http.start();
    }

    int grpcPort() {
        return grpc.getPort();
    }

    int httpPort() {
        return http.getAddress().getPort();
    }

    /// Messages that came by streams.
    int heartbeats() {
        return heartbeats.get();
    }

    /// What decides whether requests may go on.
    Limits limits() {
        return limits;
    }

    /// The headers of the last gRPC call that was no health check.
    Metadata grpcHeaders() {
        return grpcHeaders;
    }

    /// The headers of the last request for `/graphql`, by name without regard to case.
    Map<String, List<String>> httpHeaders() {
        return httpHeaders;
    }

    /// What Envoy's configuration is told, so that every domain and the gateway are here.
    ///
    /// @param serviceKeys public keys by which tokens of services are known
    Map<String, String> values(String serviceKeys) throws IOException {
        var values = new HashMap<String, String>();
        for (String domain : Contract.read().domains()) {
            values.put(domain.toUpperCase(Locale.ROOT) + "_PORT", Integer.toString(grpcPort()));
        }
        values.put("BFF_PORT", Integer.toString(httpPort()));
        values.put("SERVICE_JWKS", serviceKeys);
        return values;
    }

    @Override
    public void close() {
        grpc.shutdownNow();
        http.stop(0);
    }

    private void graphql(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        httpHeaders = headers;
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("x-aula-cost", Integer.toString(COST));
        if (exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("etag", ETAG);
            exchange.getResponseHeaders().set("cache-control", "public, max-age=60");
            exchange.getResponseHeaders().set("vary", "Accept, Authorization, Origin");
        }
        if (headers.getOrDefault("if-none-match", List.of()).contains(ETAG)) {
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
        } else {
            answer(exchange, "{\"data\":{}}");
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static final class Categories extends CategoryServiceImplBase {
        @Override
        public void listCategories(ListCategoriesRequest request, StreamObserver<ListCategoriesResponse> answer) {
            answer.onNext(ListCategoriesResponse.newBuilder()
                    .addCategories(Category.newBuilder().setName("Languages"))
                    .build());
            answer.onCompleted();
        }
    }

    private static final class Courses extends CourseServiceImplBase {
        @Override
        public void getCourse(GetCourseRequest request, StreamObserver<GetCourseResponse> answer) {
            var info = ErrorInfo.newBuilder()
                    .setDomain("aula")
                    .setReason("COURSE_NOT_FOUND")
                    .build();
            answer.onError(StatusProto.toStatusRuntimeException(Status.newBuilder()
                    .setCode(Code.NOT_FOUND_VALUE)
                    .setMessage("No such course.")
                    .addDetails(Any.pack(info))
                    .build()));
        }

        @Override
        public void listCourses(ListCoursesRequest request, StreamObserver<ListCoursesResponse> answer) {
            // Says nothing, so that the edge's patience is what ends the call.
        }
    }

    /// Answers a stream with how many heartbeats it had.
    private final class Progress extends ProgressServiceImplBase {
        @Override
        public StreamObserver<StreamProgressRequest> streamProgress(StreamObserver<StreamProgressResponse> answer) {
            return new StreamObserver<>() {
                @Override
                public void onNext(StreamProgressRequest heartbeat) {
                    heartbeats.incrementAndGet();
                }

                @Override
                public void onError(Throwable brokenOff) {}

                @Override
                public void onCompleted() {
                    answer.onNext(StreamProgressResponse.newBuilder()
                            .setHeartbeatCount(heartbeats.get())
                            .build());
                    answer.onCompleted();
                }
            };
        }
    }

    private final class Remember implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            if (call.getMethodDescriptor().getFullMethodName().startsWith("aula.")) {
                grpcHeaders = headers;
            }
            return next.startCall(call, headers);
        }
    }
}
