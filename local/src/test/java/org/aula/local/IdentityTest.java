package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.google.common.io.BaseEncoding;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.aula.bff.engine.GlobalId;
import org.aula.kernel.testing.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who people are and what they may do, as a frontend sees it: by GraphQL through Envoy.
@SuppressWarnings("NullAway.Init")
final class IdentityTest {

    private static final String LOGIN = "mutation($input: LoginInput!) { login(input: $input) {"
            + " tokens { accessToken refreshToken } challenge { challengeToken } userErrors { code } } }";

    private static Edge edge;
    private static Edge.Person admin;

    @BeforeAll
    static void open() throws Exception {
        edge = Edge.get();
        admin = edge.person("admin");
    }

    @Test
    void aSecondFactorIsAskedForAfterThePassword() throws Exception {
        var person = edge.person();
        var secret = payload(
                        person,
                        "mutation($input: BeginTotpInput!) { beginTotp(input: $input) { secret userErrors { code } } }",
                        Map.of("password", person.password()))
                .get("secret")
                .getAsString();
        var codes = payload(
                        person,
                        "mutation($input: ConfirmTotpInput!) { confirmTotp(input: $input) {"
                                + " recoveryCodes userErrors { code } } }",
                        Map.of("code", code(secret)))
                .getAsJsonArray("recoveryCodes");
        assertThat(codes).hasSize(10);

        var login = payload(null, LOGIN, Map.of("identifier", person.email(), "password", person.password()));
        assertThat(login.get("tokens").isJsonNull()).isTrue();
        var challenge = login.getAsJsonObject("challenge").get("challengeToken").getAsString();
        var complete = "mutation($input: CompleteLoginInput!) { completeLogin(input: $input) {"
                + " tokens { accessToken } userErrors { code field } } }";
        assertThat(errors(null, complete, Map.of("challengeToken", challenge, "code", "000000")))
                .contains("CODE_INVALID");
        var completed = payload(
                null,
                complete,
                Map.of("challengeToken", challenge, "code", codes.get(0).getAsString()));

        assertThat(completed.getAsJsonObject("tokens").get("accessToken").getAsString())
                .isNotEmpty();
    }

    @Test
    void aSessionThatIsEndedElsewhereIsRefusedWithinMoments() throws Exception {
        var person = edge.person();
        var other = signIn(person);
        var sessions = data(person, "{ viewer { sessions { id current } } }")
                .getAsJsonObject("viewer")
                .getAsJsonArray("sessions");
        assertThat(sessions).hasSize(2);
        var ended = payload(
                person,
                "mutation($input: RevokeAllSessionsInput!) { revokeAllSessions(input: $input) {"
                        + " revokedCount userErrors { code } } }",
                Map.of("keepCurrent", true));
        assertThat(ended.get("revokedCount").getAsInt()).isEqualTo(1);

        Await.untilHolds(() ->
                assertThat(topLevel(other, "{ viewer { account { email } } }")).contains("TOKEN_STALE"));
        assertThat(data(person, "{ viewer { account { email } } }").toString()).contains(person.email());
    }

    @Test
    void aRoleThatIsGivenIsInForceAtOnceAndInTheAuditLog() throws Exception {
        var person = edge.person();
        var userId = userId(person);
        var given = payload(
                admin,
                "mutation($input: AssignRoleInput!) { assignRole(input: $input) {"
                        + " access { roles permissions } userErrors { code } } }",
                Map.of("userId", userId, "role", "instructor"));
        assertThat(given.getAsJsonObject("access").toString()).contains("courses:create");

        Await.untilHolds(() ->
                assertThat(topLevel(person, "{ viewer { account { email } } }")).contains("TOKEN_STALE"));
        var again = signIn(person);
        assertThat(data(again, "{ viewer { access { roles } } }").toString()).contains("instructor");
        var denied = payload(
                admin,
                "mutation($input: SetUserPermissionInput!) { setUserPermission(input: $input) {"
                        + " access { permissions } userErrors { code } } }",
                Map.of("userId", userId, "permission", "courses:create", "effect", "DENY"));
        assertThat(denied.getAsJsonObject("access").toString()).doesNotContain("courses:create");

        Await.untilHolds(() -> assertThat(data(
                                admin,
                                "{ auditEntries(filter: {resourceId: \"" + person.id()
                                        + "\"}, first: 10) { nodes { action actorUser { displayName } } } }")
                        .toString())
                .contains("role.assign", "user_permission.set"));
    }

    @Test
    void whoIsBarredIsOutAndWhoIsDeletedComesBack() throws Exception {
        var person = edge.person();
        var userId = userId(person);
        var suspended = payload(
                admin,
                "mutation($input: SuspendAccountInput!) { suspendAccount(input: $input) {"
                        + " account { status } userErrors { code } } }",
                Map.of("userId", userId, "reason", "spam"));
        assertThat(suspended.getAsJsonObject("account").get("status").getAsString())
                .isEqualTo("SUSPENDED");
        assertThat(topLevelOf(null, LOGIN, Map.of("identifier", person.email(), "password", person.password())))
                .contains("ACCOUNT_NOT_ACTIVE");

        var ignored = payload(
                admin,
                "mutation($input: DeleteUserInput!) { deleteUser(input: $input) { userErrors { code } } }",
                Map.of("userId", userId));
        var unknown = errors(null, LOGIN, Map.of("identifier", person.email(), "password", person.password()));
        assertThat(unknown).contains("CREDENTIALS_INVALID");
        var restored = payload(
                admin,
                "mutation($input: RestoreUserInput!) { restoreUser(input: $input) {"
                        + " user { summary { displayName } deleteTime } userErrors { code } } }",
                Map.of("userId", userId));
        assertThat(restored.getAsJsonObject("user").get("deleteTime").isJsonNull())
                .isTrue();
    }

    @Test
    void whoeverHasNotConfirmedTheAddressLearnsAndDoesNotTeach() throws Exception {
        var course = Courses.published(edge.as(edge.person("instructor")), edge.as(admin), 1);
        var person = edge.unverified("instructor");
        var enrolled = payload(
                person,
                "mutation($input: EnrollInput!) { enroll(input: $input) { enrollment { status } userErrors { code } } }",
                Map.of("courseId", GlobalId.of("Course", course.course().getId())));
        assertThat(enrolled.getAsJsonObject("enrollment").get("status").getAsString())
                .isEqualTo("ENROLLED");

        assertThat(topLevel(person, "mutation { createCourse(input: {title: \"Mine\"}) { course { id } } }"))
                .contains("PERMISSION_DENIED", "ACCOUNT_UNVERIFIED", "confirm your email address first");
    }

    @Test
    void administratorsFindPeopleAndReadThemWhole() throws Exception {
        var person = edge.person();
        var found = data(
                        admin,
                        "{ users(filter: {text: \"" + person.email().substring(0, 20)
                                + "\"}, first: 5) { nodes { id summary { displayName } account { email status roles } } } }")
                .getAsJsonObject("users")
                .getAsJsonArray("nodes");
        assertThat(found).hasSize(1);
        assertThat(found.toString()).contains(person.email(), "ACTIVE");

        var id = found.get(0).getAsJsonObject().get("id").getAsString();
        var whole = data(admin, "{ user(id: \"" + id + "\") { profile { bio } missingParts } }")
                .getAsJsonObject("user");
        assertThat(whole.getAsJsonArray("missingParts")).isEmpty();
    }

    private static String userId(Edge.Person person) throws Exception {
        return data(person, "{ viewer { user { id } } }")
                .getAsJsonObject("viewer")
                .getAsJsonObject("user")
                .get("id")
                .getAsString();
    }

    private static Edge.Person signIn(Edge.Person person) throws Exception {
        var token = payload(null, LOGIN, Map.of("identifier", person.email(), "password", person.password()))
                .getAsJsonObject("tokens")
                .get("accessToken")
                .getAsString();
        return new Edge.Person(person.id(), person.email(), person.password(), token);
    }

    private static JsonObject data(Edge.Person person, String document) throws Exception {
        var answer = edge.graphql(person, document, new JsonObject());
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        return answer.getAsJsonObject("data");
    }

    /// The payload of a mutation that must have no errors of any kind.
    private static JsonObject payload(Edge.@Nullable Person person, String document, Map<String, ?> input)
            throws Exception {
        var answer = edge.graphql(person, document, Edge.variables(input));
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        var payload = only(answer);
        assertThat(payload.getAsJsonArray("userErrors")).isEmpty();
        return payload;
    }

    /// What the user is to fix.
    private static String errors(Edge.@Nullable Person person, String document, Map<String, ?> input) throws Exception {
        return only(edge.graphql(person, document, Edge.variables(input)))
                .getAsJsonArray("userErrors")
                .toString();
    }

    private static String topLevel(Edge.Person person, String document) throws Exception {
        return edge.graphql(person, document, new JsonObject()).toString();
    }

    private static String topLevelOf(Edge.@Nullable Person person, String document, Map<String, ?> input)
            throws Exception {
        return String.valueOf(
                edge.graphql(person, document, Edge.variables(input)).get("errors"));
    }

    private static JsonObject only(JsonObject answer) {
        JsonElement payload =
                answer.getAsJsonObject("data").entrySet().iterator().next().getValue();
        return payload.getAsJsonObject();
    }

    private static String code(String secret) throws Exception {
        var key = new SecretKeySpec(BaseEncoding.base32().decode(secret), "HmacSHA1");
        return new TimeBasedOneTimePasswordGenerator().generateOneTimePasswordString(key, Instant.now());
    }
}
