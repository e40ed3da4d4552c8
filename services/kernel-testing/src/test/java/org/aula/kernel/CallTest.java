package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.call.ServiceKeys;
import org.aula.kernel.server.Replies;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What every call goes through: identity, policy, deadline, validation, refusals.
final class CallTest {

    private static volatile UUID owner = UUID.randomUUID();
    private static volatile @Nullable Caller caller;
    private static volatile boolean forgetsToDecide;
    private static final CountDownLatch release = new CountDownLatch(1);
    private static final CountDownLatch waiting = new CountDownLatch(500);

    private static final class Courses extends CourseServiceGrpc.CourseServiceImplBase {

        @Override
        public void getCourse(GetCourseRequest request, StreamObserver<GetCourseResponse> observer) {
            caller = CallScope.current().caller();
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

    /// Also when it is refused: it would perhaps not be for who the token once stood for.
    @Test
    void methodForAnybodyIgnoresATokenThatDoesNotHoldAndSaysSo() throws Exception {
        var user = platform.user();
        assertThat(ignored(user.token(), "open")).isNull();
        assertThat(ignored(platform.expiredToken(user), "open")).isEqualTo("TOKEN_EXPIRED");
        assertThat(ignored(platform.forgedToken(user), "open")).isEqualTo("TOKEN_INVALID");
        assertThat(ignored("not a token", "open")).isEqualTo("TOKEN_INVALID");
        assertThat(ignored(platform.expiredToken(user), "broken")).isEqualTo("TOKEN_EXPIRED");
        assertThat(caller).isInstanceOf(Caller.Anonymous.class);
    }

    private static @Nullable String ignored(String token, String slug) {
        var headers = new AtomicReference<Metadata>();
        var trailers = new AtomicReference<Metadata>();
        var stub = CourseServiceGrpc.newBlockingStub(platform.withToken("courses", token))
                .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
        try {
            stub.getCourse(GetCourseRequest.newBuilder().setSlug(slug).build());
            assertThat(ignoredIn(headers)).isEqualTo(ignoredIn(trailers));
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isEqualTo(Code.INTERNAL);
        }
        return ignoredIn(trailers);
    }

    private static @Nullable String ignoredIn(AtomicReference<Metadata> told) {
        return Objects.requireNonNull(told.get()).get(CallHeaders.TOKEN_IGNORED);
    }

    @Test
    void tokensOfServicesAreShortAndGoodFromTheirTimeOnEvenWhereAnybodyMayCall() throws Exception {
        var now = Instant.now();
        assertThat(asService(claims(now, 60))).isNotNull();
        assertThat(asService(claims(now, 60).notBeforeTime(Date.from(now)))).isNotNull();
        for (var claims : List.of(
                claims(now, 61),
                claims(now, 60).issueTime(null),
                claims(now.plusSeconds(30), 30),
                claims(now, 60).notBeforeTime(Date.from(now.plusSeconds(30))),
                claims(now.minusSeconds(90), 60),
                claims(now, 60).audience("auth"),
                claims(now, 60).subject("content"))) {
            assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> asService(claims))
                            .getStatus()
                            .getCode())
                    .as(claims.build().toString())
                    .isEqualTo(Code.UNAUTHENTICATED);
        }
    }

    private static JWTClaimsSet.Builder claims(Instant issued, int seconds) {
        return new JWTClaimsSet.Builder()
                .issuer(ServiceKeys.ISSUER)
                .subject("users")
                .audience("courses")
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plusSeconds(seconds)));
    }

    private static GetCourseResponse asService(JWTClaimsSet.Builder claims) {
        return CourseServiceGrpc.newBlockingStub(
                        platform.withToken("courses", platform.serviceToken("users", claims.build())))
                .getCourse(GetCourseRequest.newBuilder().setSlug("open").build());
    }

    /// The edge reads a token up to the first character that none has.
    @Test
    void tokenIsWrittenInOneWayOnly() throws Exception {
        var token = platform.user("courses:publish").token();
        var last = token.substring(token.length() - 1);
        var behind = token.length() - 9;
        for (var other : List.of(
                token + "=",
                token + "!",
                token.substring(0, behind) + "!" + token.substring(behind),
                token.substring(0, token.length() - 1) + next(last))) {
            refuseToken(ErrorReason.ERROR_REASON_TOKEN_INVALID, other);
        }
    }

    /// The last letter of a signature has four bits that mean nothing.
    private static String next(String letter) {
        var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var at = letters.indexOf(letter);
        return letters.substring(at + 1, at + 2);
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
