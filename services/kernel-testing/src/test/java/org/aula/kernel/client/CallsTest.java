package org.aula.kernel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.SettableFuture;
import io.grpc.Status.Code;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.kernel.error.UpstreamException;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of the answers of other services.
final class CallsTest {

    private static final Callee callee = new Callee(CallsTest::channels);

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("courses").bean(callee.new Courses()).bean(callee.new Quizzes());

    @BeforeEach
    void forgetWhatArrived() {
        callee.refuse(0);
        callee.drain();
    }

    @Test
    void refusalKeepsItsServiceCodeAndReason() {
        var refused = refusal("missing");
        assertThat(refused.service()).isEqualTo("courses");
        assertThat(refused.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(refused.reason()).isEqualTo("COURSE_NOT_FOUND");
    }

    @Test
    void refusalThatACallerDoesNotTranslateIsNotItsOwn() throws Exception {
        var refusal = Refusal.expect(
                Code.INTERNAL,
                ErrorReason.ERROR_REASON_SERVICE_REFUSED,
                () -> CourseServiceGrpc.newBlockingStub(platform.anonymous("courses"))
                        .getCourse(Callee.request("call-missing")));
        assertThat(refusal.metadata()).containsEntry("service", "courses").containsEntry("code", "NOT_FOUND");
    }

    @Test
    void safeMethodIsSentThriceBeforeItCountsAsAway() {
        callee.refuse(2);
        assertThat(call("away")).isNotNull();
        assertThat(callee.drain()).hasSize(3);

        callee.refuse(10);
        assertThat(refusal("away").code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(callee.drain()).hasSize(3);
    }

    @Test
    void refusalsOtherThanUnavailableAreNotSentAgain() {
        refusal("missing");
        assertThat(callee.drain()).hasSize(1);
    }

    @Test
    void interruptionCancelsTheCallAndIsKept() {
        var answer = SettableFuture.create();
        Thread.currentThread().interrupt();
        var ended = catchThrowableOfType(UpstreamException.class, () -> Calls.await("courses", answer));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended.code()).isEqualTo(Code.CANCELLED);
        assertThat(answer.isCancelled()).isTrue();
    }

    @Test
    void thereIsOneChannelForEachService() {
        assertThat(channels().channel("courses"))
                .isSameAs(channels().channel("courses"))
                .isNotSameAs(channels().channel("users"));
    }

    private static Channels channels() {
        return platform.bean("courses", Channels.class);
    }

    private static Object call(String slug) {
        var stub = CourseServiceGrpc.newFutureStub(channels().channel("courses"));
        return Calls.await("courses", stub.getCourse(Callee.request(slug)));
    }

    private static UpstreamException refusal(String slug) {
        return catchThrowableOfType(UpstreamException.class, () -> call(slug));
    }
}
