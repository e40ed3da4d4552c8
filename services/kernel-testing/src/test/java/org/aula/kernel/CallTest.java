package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetRegistrationRequest;
import org.aula.api.auth.v1.GetRegistrationResponse;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.PublishCourseResponse;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.SubmitCourseResponse;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.server.Replies;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What every call goes through: identity, policy, deadline, validation, refusals.
final class CallTest {

    private static volatile UUID owner = UUID.randomUUID();
    private static volatile boolean forgetsToDecide;
    private static final CountDownLatch release = new CountDownLatch(1);
    private static final CountDownLatch waiting = new CountDownLatch(500);

    private static final class Courses extends CourseServiceGrpc.CourseServiceImplBase {

        @Override
        public void getCourse(GetCourseRequest request, StreamObserver<GetCourseResponse> observer) {
            switch (request.getSlug()) {
                case "wait" -> {
                    waiting.countDown();
                    await(release);
                }
                case "slow" -> await(new CountDownLatch(1));
                case "broken" -> throw new IllegalStateException("the secret inside");
                default -> {}
            }
            Replies.send(observer, GetCourseResponse.getDefaultInstance());
        }

        @Override
        public void submitCourse(SubmitCourseRequest request, StreamObserver<SubmitCourseResponse> observer) {
            if (!forgetsToDecide) {
                CallScope.current().requireOwner(owner);
            }
            CallScope.current().markAudited();
            Replies.send(observer, SubmitCourseResponse.getDefaultInstance());
        }

        @Override
        public void publishCourse(PublishCourseRequest request, StreamObserver<PublishCourseResponse> observer) {
            CallScope.current().markAudited();
            Replies.send(observer, PublishCourseResponse.getDefaultInstance());
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await(8, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Auth extends AuthServiceGrpc.AuthServiceImplBase {
        @Override
        public void getRegistration(GetRegistrationRequest request, StreamObserver<GetRegistrationResponse> observer) {
            Replies.send(observer, GetRegistrationResponse.getDefaultInstance());
        }
    }

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("courses").bean(new Courses()).bean(new Auth());

    private final PublishCourseRequest publish = PublishCourseRequest.newBuilder()
            .setCourseId(UUID.randomUUID().toString())
            .build();
    private final SubmitCourseRequest submit = SubmitCourseRequest.newBuilder()
            .setCourseId(UUID.randomUUID().toString())
            .build();

    @Test
    void methodThatAsksForAPermissionRefusesVisitorsAndLearners() throws Exception {
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> CourseServiceGrpc.newBlockingStub(platform.anonymous("courses"))
                        .publishCourse(publish));
        var refusal = Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> as(platform.user()).publishCourse(publish));
        assertThat(refusal.metadata()).containsEntry("permissions", "courses:publish");
        assertThat(as(platform.user("courses:publish")).publishCourse(publish)).isNotNull();
    }

    @Test
    void ownershipOpensWhatThePermissionWouldOpen() throws Exception {
        var author = platform.user();
        owner = author.id();
        assertThat(as(author).submitCourse(submit)).isNotNull();
        assertThat(as(platform.user("courses:write")).submitCourse(submit)).isNotNull();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> as(platform.user()).submitCourse(submit));
    }

    /// Also whose resource it is and whether it exists is not looked at then.
    @Test
    void methodForTheVerifiedTellsOthersToVerifyTheirAccountUnlessTheyMayNotAnyway() throws Exception {
        var author = platform.unverifiedUser();
        owner = author.id();
        refuseUnverified(() -> as(author).submitCourse(submit));
        refuseUnverified(() -> as(platform.unverifiedUser()).submitCourse(submit));
        refuseUnverified(() -> as(platform.unverifiedUser("courses:publish")).publishCourse(publish));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> as(platform.unverifiedUser("courses:write")).publishCourse(publish));
        assertThat(as(author)
                        .getCourse(GetCourseRequest.newBuilder().setSlug("open").build()))
                .isNotNull();
    }

    private static void refuseUnverified(Refusal.Call call) throws Exception {
        Refusal.expect(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ACCOUNT_UNVERIFIED, call);
    }

    @Test
    void handlerThatForgetsToDecideFailsClosed() throws Exception {
        forgetsToDecide = true;
        try {
            Refusal.expect(
                    Code.INTERNAL,
                    ErrorReason.ERROR_REASON_INTERNAL,
                    () -> as(platform.user()).submitCourse(submit));
        } finally {
            forgetsToDecide = false;
        }
    }

    @Test
    void methodOfServicesIsClosedToUsersAndOtherServices() throws Exception {
        var request = GetRegistrationRequest.newBuilder()
                .setUserId(UUID.randomUUID().toString())
                .build();
        var user = platform.user("courses:write");
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> AuthServiceGrpc.newBlockingStub(platform.as(user, "courses"))
                        .getRegistration(request));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> AuthServiceGrpc.newBlockingStub(platform.asService("content", "courses"))
                        .getRegistration(request));
        assertThat(AuthServiceGrpc.newBlockingStub(platform.asService("users", "courses"))
                        .getRegistration(request))
                .isNotNull();
    }

    @Test
    void tokensThatAreExpiredForgedOrNoTokensAreRefused() throws Exception {
        var user = platform.user();
        refuseToken(ErrorReason.ERROR_REASON_TOKEN_EXPIRED, platform.expiredToken(user));
        refuseToken(ErrorReason.ERROR_REASON_TOKEN_INVALID, platform.forgedToken(user, "courses:publish"));
        refuseToken(ErrorReason.ERROR_REASON_TOKEN_INVALID, "not-a-token");
        var signature = user.token().lastIndexOf('.') + 1;
        var altered = user.token().substring(0, signature)
                + (user.token().charAt(signature) == 'A' ? 'B' : 'A')
                + user.token().substring(signature + 1);
        refuseToken(ErrorReason.ERROR_REASON_TOKEN_INVALID, altered);
    }

    @Test
    void everyBrokenFieldIsNamedAtOnce() throws Exception {
        var request = CreateCourseRequest.newBuilder()
                .setRequestId("no uuid")
                .setLanguageCode("x")
                .setEstimatedDurationHours(-1)
                .addRequirements("")
                .build();
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> as(platform.user("courses:create")).createCourse(request));
        assertThat(refusal.fields())
                .containsExactlyInAnyOrder(
                        "request_id", "title", "language_code", "estimated_duration_hours", "requirements[0]");
    }

    @Test
    void policyIsAskedBeforeTheContents() throws Exception {
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> as(platform.user()).createCourse(CreateCourseRequest.getDefaultInstance()));
    }

    @Test
    void whatFailsInsideIsNotTold() throws Exception {
        var refusal = Refusal.expect(Code.INTERNAL, ErrorReason.ERROR_REASON_INTERNAL, () -> slug("broken"));
        assertThat(refusal.toString()).doesNotContain("secret");
    }

    @Test
    void contractsDeadlineEndsACallThatTakesLonger() throws Exception {
        var begun = System.nanoTime();
        Refusal.expect(Code.DEADLINE_EXCEEDED, ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED, () -> slug("slow"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(4_500), Duration.ofMillis(7_000));
    }

    @Test
    void fiveHundredWaitingCallsDoNotHoldUpTheNext() throws Exception {
        var stub = CourseServiceGrpc.newFutureStub(platform.anonymous("courses"));
        var calls = new ArrayList<Future<GetCourseResponse>>();
        for (int call = 0; call < 500; call++) {
            calls.add(
                    stub.getCourse(GetCourseRequest.newBuilder().setSlug("wait").build()));
        }
        assertThat(waiting.await(4, TimeUnit.SECONDS)).as("all 500 are inside").isTrue();
        assertThat(slug("next")).isNotNull();
        release.countDown();
        for (var call : calls) {
            assertThat(call.get(10, TimeUnit.SECONDS)).isNotNull();
        }
    }

    private static GetCourseResponse slug(String slug) {
        return CourseServiceGrpc.newBlockingStub(platform.anonymous("courses"))
                .getCourse(GetCourseRequest.newBuilder().setSlug(slug).build());
    }

    private void refuseToken(ErrorReason reason, String token) throws Exception {
        Refusal.expect(
                Code.UNAUTHENTICATED,
                reason,
                () -> CourseServiceGrpc.newBlockingStub(platform.withToken("courses", token))
                        .publishCourse(publish));
    }

    private static CourseServiceGrpc.CourseServiceBlockingStub as(TestUser user) {
        return CourseServiceGrpc.newBlockingStub(platform.as(user, "courses"));
    }
}
