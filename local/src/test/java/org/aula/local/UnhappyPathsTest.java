package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.GetRegistrationRequest;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.auth.account.Account;
import org.aula.auth.account.AccountStatus;
import org.aula.auth.key.AccessTokens;
import org.aula.kernel.call.ServiceKeys;
import org.aula.kernel.testing.Refusal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What goes wrong outside, each through Envoy.
@SuppressWarnings("NullAway.Init")
final class UnhappyPathsTest {

    private static Edge edge;
    private static Edge.Person learner;
    private static Edge.Person author;
    private static Edge.Person admin;

    @BeforeAll
    static void people() throws Exception {
        edge = Edge.get();
        learner = edge.person();
        author = edge.person("instructor");
        admin = edge.person("admin");
    }

    @Test
    void aTokenThatIsMissingExpiredOrForeignIsRefusedWithItsReason() throws Exception {
        var keyId = SignedJWT.parse(learner.token()).getHeader().getKeyID();
        var foreign = new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> AuthServiceGrpc.newBlockingStub(edge.anonymous()).getMe(GetMeRequest.getDefaultInstance()));
        refuse(ErrorReason.ERROR_REASON_TOKEN_EXPIRED, own(Instant.now().minusSeconds(60)));
        refuse(
                ErrorReason.ERROR_REASON_TOKEN_INVALID,
                token(foreign, Instant.now().plusSeconds(60)));
        assertThat(AuthServiceGrpc.newBlockingStub(edge.as(own(Instant.now().plusSeconds(60))))
                        .getMe(GetMeRequest.getDefaultInstance())
                        .getAccount()
                        .getId())
                .isEqualTo(learner.id().toString());
    }

    /// What would replace the token, and what is public.
    @Test
    void whoseTokenIsOverMaySignInRefreshAndReadWhatIsPublic() throws Exception {
        var over = own(Instant.now().minusSeconds(60));
        var login = LoginRequest.newBuilder()
                .setIdentifier(learner.email())
                .setPassword(learner.password())
                .build();
        var tokens = AuthServiceGrpc.newBlockingStub(edge.as(over)).login(login).getTokens();
        var refresh = "mutation { refreshTokens(input: {refreshToken: \"%s\"}) { tokens { refreshToken }"
                + " userErrors { code } } }";

        var refreshed = graphql(over, refresh.formatted(tokens.getRefreshToken()));
        var logout = "mutation { logout(input: {refreshToken: \"%s\"}) { userErrors { code } } }"
                .formatted(object(refreshed, "data", "refreshTokens", "tokens")
                        .get("refreshToken")
                        .getAsString());

        assertThat(ignored(refreshed)).isEqualTo("TOKEN_EXPIRED");
        assertThat(ignored(graphql("nonsense", logout))).isEqualTo("TOKEN_INVALID");
        var both = graphql(over, "{ courses(first: 1) { edges { node { title } } } viewer { account { id } } }");
        assertThat(object(both, "data", "courses").get("edges").isJsonArray()).isTrue();
        assertThat(both.getAsJsonArray("errors").toString()).contains("TOKEN_EXPIRED");
        assertThat(ignored(both)).isEqualTo("TOKEN_EXPIRED");
    }

    private static JsonObject graphql(String token, String document) throws Exception {
        var person = new Edge.Person(learner.id(), learner.email(), learner.password(), token);
        return edge.graphql(person, document, new JsonObject());
    }

    private static String ignored(JsonObject answer) {
        return object(answer, "extensions").get("tokenIgnored").getAsString();
    }

    private static JsonObject object(JsonObject from, String... path) {
        var found = from;
        for (var name : path) {
            found = found.getAsJsonObject(name);
        }
        return found;
    }

    /// The learner's token as auth itself would have issued it for this time.
    private static String own(Instant expires) {
        var account = new Account(
                learner.id(),
                learner.email(),
                "",
                AccountStatus.ACTIVE,
                List.of("student"),
                List.of(),
                Instant.now(),
                null);
        return edge.mesh()
                .service("auth")
                .context()
                .getBean(AccessTokens.class)
                .issue(account, UUID.randomUUID(), System.currentTimeMillis(), Instant.now(), expires);
    }

    @Test
    void theSameIsToldThroughGraphql() throws Exception {
        var stranger = new Edge.Person(learner.id(), "", "", "not.a.token");
        var answer = edge.graphql(stranger, "{ viewer { account { id } } }", new JsonObject());
        var extensions =
                answer.getAsJsonArray("errors").get(0).getAsJsonObject().getAsJsonObject("extensions");
        assertThat(extensions.get("code").getAsString()).isEqualTo("UNAUTHENTICATED");
        assertThat(extensions.get("reason").getAsString()).isEqualTo("TOKEN_INVALID");
        assertThat(extensions.get("requestId").getAsString()).isNotBlank();
    }

    @Test
    void aLearnerMayNotPublish() throws Exception {
        var made = Courses.draft(edge.as(author), 1);
        var publish = PublishCourseRequest.newBuilder()
                .setCourseId(made.course().getId())
                .build();
        for (var person : List.of(learner, author)) {
            Refusal.expect(
                    Code.PERMISSION_DENIED,
                    ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                    () -> CourseServiceGrpc.newBlockingStub(edge.as(person)).publishCourse(publish));
        }
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.courses.v1.ErrorReason.ERROR_REASON_COURSE_STATUS_FORBIDS,
                () -> CourseServiceGrpc.newBlockingStub(edge.as(admin)).publishCourse(publish));
    }

    @Test
    void methodsOfServicesAreClosedToThoseOutside() throws Exception {
        var request = GetRegistrationRequest.newBuilder()
                .setUserId(learner.id().toString())
                .build();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> AuthServiceGrpc.newBlockingStub(edge.as(admin)).getRegistration(request));
        var stolen = edge.mesh()
                .service("courses")
                .context()
                .getBean(ServiceKeys.class)
                .tokenFor("courses");
        refuse(ErrorReason.ERROR_REASON_TOKEN_INVALID, stolen);
    }

    @Test
    void enrollingNeedsACourseOfTheCatalogAndHappensOnce() throws Exception {
        var course = Courses.published(edge.as(author), edge.as(admin), 1).course();
        var stub = EnrollmentServiceGrpc.newBlockingStub(edge.as(learner));
        var first = stub.createEnrollment(enroll(course.getId())).getEnrollment();
        var refusal = Refusal.expect(
                Code.ALREADY_EXISTS,
                org.aula.api.enrollments.v1.ErrorReason.ERROR_REASON_ALREADY_ENROLLED,
                () -> stub.createEnrollment(enroll(course.getId())));
        assertThat(refusal.metadata()).containsEntry("enrollment_id", first.getId());
        var draft = Courses.draft(edge.as(author), 1).course();
        for (var id : List.of(draft.getId(), UUID.randomUUID().toString())) {
            Refusal.expect(
                    Code.NOT_FOUND,
                    org.aula.api.enrollments.v1.ErrorReason.ERROR_REASON_COURSE_NOT_FOUND,
                    () -> stub.createEnrollment(enroll(id)));
        }
    }

    @Test
    void aStaleEtagIsRefused() throws Exception {
        var made = Courses.draft(edge.as(author), 1);
        var stub = CourseServiceGrpc.newBlockingStub(edge.as(author));
        var submit = SubmitCourseRequest.newBuilder().setCourseId(made.course().getId());
        Refusal.expect(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> stub.submitCourse(submit.setEtag("4711").build()));
    }

    @Test
    void aForgedPageTokenIsRefused() throws Exception {
        Courses.published(edge.as(author), edge.as(admin), 1);
        Courses.published(edge.as(author), edge.as(admin), 1);
        var stub = CourseServiceGrpc.newBlockingStub(edge.anonymous());
        var token = stub.listCourses(
                        ListCoursesRequest.newBuilder().setPageSize(1).build())
                .getNextPageToken();
        var forged = (token.startsWith("A") ? "B" : "A") + token.substring(1);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> stub.listCourses(ListCoursesRequest.newBuilder()
                        .setPageSize(1)
                        .setPageToken(forged)
                        .build()));
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> CourseServiceGrpc.newBlockingStub(edge.as(learner))
                        .listCourses(ListCoursesRequest.newBuilder()
                                .setPageSize(1)
                                .setPageToken(token)
                                .build()));
    }

    @Test
    void aRequestIdUsedAgainWithAnotherBodyIsRefused() throws Exception {
        var stub = CourseServiceGrpc.newBlockingStub(edge.as(author));
        var request = CreateCourseRequest.newBuilder()
                .setRequestId(Courses.requestId())
                .setTitle("One");
        var first = stub.createCourse(request.build());
        assertThat(stub.createCourse(request.build())).isEqualTo(first);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> stub.createCourse(request.setTitle("Two").build()));
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        var body = new JsonObject();
        body.addProperty("query", "{ __typename } #" + "x".repeat(2_000_000));
        assertThat(edge.post(null, body.toString()).statusCode()).isEqualTo(413);
        var refusal = Refusal.of(() -> CourseServiceGrpc.newBlockingStub(edge.as(author))
                .createCourse(CreateCourseRequest.newBuilder()
                        .setTitle("x".repeat(5_000_000))
                        .build()));
        assertThat(refusal.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void whatAUserCanMendIsAUserErrorThatNamesTheField() throws Exception {
        var answer = edge.graphql(
                author,
                "mutation M($input: CreateCourseInput!) { createCourse(input: $input) { course { id } userErrors { field code } } }",
                Edge.variables(Map.of("title", "", "languageCode", "not a language")));
        var errors =
                answer.getAsJsonObject("data").getAsJsonObject("createCourse").getAsJsonArray("userErrors");
        assertThat(errors.toString()).contains("title").contains("languageCode");
    }

    private static CreateEnrollmentRequest enroll(String courseId) {
        return CreateEnrollmentRequest.newBuilder()
                .setRequestId(Courses.requestId())
                .setCourseId(courseId)
                .build();
    }

    private static void refuse(ErrorReason reason, String token) throws Exception {
        Refusal.expect(
                Code.UNAUTHENTICATED,
                reason,
                () -> AuthServiceGrpc.newBlockingStub(edge.as(token)).getMe(GetMeRequest.getDefaultInstance()));
    }

    private static String token(ECKey key, Instant expires) throws Exception {
        var claims = new JWTClaimsSet.Builder()
                .issuer("aula")
                .audience("aula")
                .subject(learner.id().toString())
                .claim("roles", List.of("student"))
                .claim("permissions", List.of())
                .expirationTime(Date.from(expires))
                .build();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }
}
