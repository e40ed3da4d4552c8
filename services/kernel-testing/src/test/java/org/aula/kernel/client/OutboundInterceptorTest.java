package org.aula.kernel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.call.Caller;
import org.aula.kernel.call.ServiceKeys;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.UpstreamException;
import org.aula.kernel.testing.TestPlatform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a call to another service carries: its deadline and its identity.
final class OutboundInterceptorTest {

    private static final Callee callee = new Callee(OutboundInterceptorTest::channels);

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("courses").bean(callee.new Courses()).bean(callee.new Quizzes());

    @AutoClose
    private static final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void forgetWhatArrived() {
        callee.drain();
    }

    @ParameterizedTest
    @ValueSource(longs = {500, 1_000, 2_500, 4_000})
    void whatIsLeftGoesOnLessAMargin(long millis) throws Exception {
        var ours = Deadline.after(millis, TimeUnit.MILLISECONDS);
        var sent = within(ours, () -> deadlineSentWith(CallOptions.DEFAULT));
        assertThat(sent).isEqualTo(ours.offset(-20, TimeUnit.MILLISECONDS));
    }

    @Test
    void contractsDeadlineHoldsWhereMoreIsLeft() throws Exception {
        var ours = Deadline.after(60, TimeUnit.SECONDS);
        assertThat(within(ours, () -> deadlineSentWith(CallOptions.DEFAULT)).timeRemaining(TimeUnit.MILLISECONDS))
                .isBetween(3_000L, 5_000L);
        assertThat(deadlineSentWith(CallOptions.DEFAULT).timeRemaining(TimeUnit.MILLISECONDS))
                .isBetween(3_000L, 5_000L);
    }

    @Test
    void shorterDeadlineOfTheCallItselfStaysAndALongerOneDoesNot() throws Exception {
        var ours = Deadline.after(2, TimeUnit.SECONDS);
        var shorter = Deadline.after(1, TimeUnit.SECONDS);
        var longer = Deadline.after(4, TimeUnit.SECONDS);
        assertThat(within(ours, () -> deadlineSentWith(CallOptions.DEFAULT.withDeadline(shorter))))
                .isEqualTo(shorter);
        assertThat(within(ours, () -> deadlineSentWith(CallOptions.DEFAULT.withDeadline(longer)))
                        .isBefore(ours))
                .isTrue();
    }

    @Test
    void calleeHasLessTimeThanItsCallerHad() {
        CourseServiceGrpc.newBlockingStub(platform.anonymous("courses"))
                .withDeadlineAfter(3, TimeUnit.SECONDS)
                .getCourse(Callee.request("call-on"));
        var arrivals = callee.drain();
        assertThat(arrivals).extracting(Callee.Arrival::slug).containsExactly("call-on", "called");
        assertThat(arrivals.getLast().left())
                .isLessThanOrEqualTo(arrivals.getFirst().left().minusMillis(20));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1_000, 0, 5, 20})
    void whereNoneIsLeftNobodyIsCalled(long millis) throws Exception {
        var ours = Deadline.after(millis, TimeUnit.MILLISECONDS);
        var late = catchThrowableOfType(UpstreamException.class, () -> within(ours, () -> call("too-late")));
        assertThat(late.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(ErrorMapping.map(late).status().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED.value());
        call("in-time");
        assertThat(callee.drain()).extracting(Callee.Arrival::slug).containsExactly("in-time");
    }

    @Test
    void usersOwnTokenGoesOn() {
        var user = platform.user("courses:write");
        CourseServiceGrpc.newBlockingStub(platform.as(user, "courses")).getCourse(Callee.request("call-on"));
        var called = callee.drain().getLast().scope();
        assertThat(called.token()).isEqualTo(user.token());
        assertThat(called.caller().is(user.id())).isTrue();
        assertThat(called.caller().holds("courses:write")).isTrue();
    }

    @Test
    void visitorStaysAVisitor() {
        CourseServiceGrpc.newBlockingStub(platform.anonymous("courses")).getCourse(Callee.request("call-on"));
        var called = callee.drain().getLast().scope();
        assertThat(called.caller()).isEqualTo(new Caller.Anonymous());
        assertThat(called.token()).isNull();
    }

    @Test
    void methodForServicesIsCalledByTheServiceAlsoForAUser() {
        CourseServiceGrpc.newBlockingStub(platform.as(platform.user(), "courses"))
                .getCourse(Callee.request("make-quizzes"));
        var arrivals = callee.drain();
        assertThat(arrivals).extracting(Callee.Arrival::slug).containsExactly("make-quizzes", "quizzes");
        assertThat(arrivals.getLast().scope().caller()).isEqualTo(new Caller.Service("courses"));
    }

    @Test
    void workThatNobodyAskedForIsDoneInTheServicesName() throws Exception {
        platform.inside("courses", () -> call("for-itself"));
        assertThat(callee.drain().getLast().scope().caller()).isEqualTo(new Caller.Service("courses"));
    }

    @Test
    void outsideOfAnyScopeAnOpenMethodIsCalledWithoutIdentity() {
        call("nobody");
        assertThat(callee.drain().getLast().scope().caller()).isEqualTo(new Caller.Anonymous());
    }

    @Test
    void tokenThatTheCallBringsIsNotReplaced() throws Exception {
        var user = platform.user();
        var headers = new Metadata();
        headers.put(CallHeaders.AUTHORIZATION, "Bearer " + user.token());
        var channel = ClientInterceptors.intercept(
                channels().channel("courses"), MetadataUtils.newAttachHeadersInterceptor(headers));
        platform.inside(
                "courses",
                () -> Calls.await(
                        "courses", CourseServiceGrpc.newFutureStub(channel).getCourse(Callee.request("brought"))));
        assertThat(callee.drain().getLast().scope().caller().is(user.id())).isTrue();
    }

    @Test
    void requestIdAndTraceGoOn() {
        var headers = new Metadata();
        headers.put(CallHeaders.REQUEST_ID, "the-id-of-the-request");
        headers.put(CallHeaders.TRACEPARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var channel = ClientInterceptors.intercept(
                platform.anonymous("courses"), MetadataUtils.newAttachHeadersInterceptor(headers));
        CourseServiceGrpc.newBlockingStub(channel).getCourse(Callee.request("call-on"));
        var called = callee.drain().getLast().scope();
        assertThat(List.of(called.requestId(), called.traceparent()))
                .containsExactly("the-id-of-the-request", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @ParameterizedTest
    @MethodSource("endings")
    void onlyABrokenConnectionIsSaidToBeAway(Status ending, Code told) {
        ClientInterceptor broken = new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                return new Ending<>(ending);
            }
        };
        var channel = ClientInterceptors.intercept(platform.anonymous("courses"), broken, outbound());
        var failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> CourseServiceGrpc.newBlockingStub(channel).getCourse(Callee.request("broken")));
        assertThat(failure.getStatus().getCode()).isEqualTo(told);
    }

    private static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(Status.UNKNOWN.withCause(new ClosedChannelException()), Code.UNAVAILABLE),
                Arguments.of(Status.UNKNOWN, Code.UNKNOWN),
                Arguments.of(Status.INTERNAL.withCause(new ClosedChannelException()), Code.INTERNAL));
    }

    private static Channels channels() {
        return platform.bean("courses", Channels.class);
    }

    private static Object call(String slug) {
        var stub = CourseServiceGrpc.newFutureStub(channels().channel("courses"));
        return Calls.await("courses", stub.getCourse(Callee.request(slug)));
    }

    private static <T> T within(Deadline deadline, Callable<T> work) throws Exception {
        try (var context = Context.current().withDeadline(deadline, timer)) {
            return context.call(work);
        }
    }

    /// The deadline with which a call of these options leaves the interceptor.
    private static Deadline deadlineSentWith(CallOptions options) {
        var sent = new AtomicReference<Deadline>();
        ClientInterceptor behind = new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions limited, Channel next) {
                sent.set(limited.getDeadline());
                return next.newCall(method, limited);
            }
        };
        var channel = ClientInterceptors.intercept(platform.anonymous("courses"), behind, outbound());
        io.grpc.stub.ClientCalls.blockingUnaryCall(
                channel, CourseServiceGrpc.getGetCourseMethod(), options, Callee.request("measured"));
        return Objects.requireNonNull(sent.get());
    }

    /// A call that ends as soon as it is begun.
    private static final class Ending<Q, A> extends ClientCall<Q, A> {

        private final Status status;

        Ending(Status status) {
            this.status = status;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            listener.onClose(status, new Metadata());
        }

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
    }

    private static OutboundInterceptor outbound() {
        return new OutboundInterceptor("courses", platform.bean("courses", ServiceKeys.class));
    }
}
