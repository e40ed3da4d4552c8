package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import java.util.Map;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which field of a form a refusal of auth, users or notifications is about.
@Tag("fast")
class UserErrorsTest {

    private static final TestGateway GATEWAY = new TestGateway();

    @BeforeEach
    void forget() {
        GATEWAY.forget();
    }

    @AfterAll
    static void close() {
        GATEWAY.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            login(input: {identifier: "a", password: "b"})                  | UNAUTHENTICATED     | CREDENTIALS_INVALID     | password
            completeLogin(input: {challengeToken: "t", code: "1"})          | UNAUTHENTICATED     | CODE_INVALID            | code
            verifyEmail(input: {token: "t"})                                | FAILED_PRECONDITION | LINK_INVALID            | token
            verifyEmail(input: {token: "t"})                                | ALREADY_EXISTS      | EMAIL_TAKEN             |
            resetPassword(input: {token: "t", newPassword: "p"})            | FAILED_PRECONDITION | LINK_INVALID            | token
            changePassword(input: {currentPassword: "a", newPassword: "b"}) | UNAUTHENTICATED     | CREDENTIALS_INVALID     | currentPassword
            changeEmail(input: {newEmail: "e", password: "p"})              | UNAUTHENTICATED     | CREDENTIALS_INVALID     | password
            changeEmail(input: {newEmail: "e", password: "p"})              | ALREADY_EXISTS      | EMAIL_TAKEN             | newEmail
            beginTotp(input: {password: "p"})                               | UNAUTHENTICATED     | CREDENTIALS_INVALID     | password
            beginTotp(input: {password: "p"})                               | FAILED_PRECONDITION | SECOND_FACTOR_ACTIVE    |
            confirmTotp(input: {code: "1"})                                 | UNAUTHENTICATED     | CODE_INVALID            | code
            confirmTotp(input: {code: "1"})                                 | FAILED_PRECONDITION | SECOND_FACTOR_NOT_BEGUN | code
            disableTotp(input: {password: "p"})                             | FAILED_PRECONDITION | SECOND_FACTOR_INACTIVE  |
            revokeSession(input: {sessionId: "SESSION"})                    | NOT_FOUND           | SESSION_NOT_FOUND       | sessionId
            deactivateAccount(input: {userId: "USER"})                      | FAILED_PRECONDITION | LAST_ADMIN              | userId
            deactivateAccount(input: {userId: "USER"})                      | FAILED_PRECONDITION | ACCOUNT_STATUS_FORBIDS  | userId
            activateAccount(input: {userId: "USER"})                        | NOT_FOUND           | ACCOUNT_NOT_FOUND       | userId
            deleteUser(input: {userId: "USER", etag: "1"})                  | ABORTED             | ETAG_MISMATCH           | etag
            restoreUser(input: {userId: "USER"})                            | ALREADY_EXISTS      | EMAIL_TAKEN             | userId
            restoreUser(input: {userId: "USER"})                            | ALREADY_EXISTS      | USERNAME_TAKEN          | userId
            updateProfile(input: {bio: "b"})                                | NOT_FOUND           | USER_NOT_FOUND          | userId
            updateSettings(input: {settings: {}})                           | ABORTED             | ETAG_MISMATCH           | etag
            createRole(input: {role: "r"})                                  | ALREADY_EXISTS      | ROLE_EXISTS             | role
            createRole(input: {role: "r", permissions: ["a:b"]})            | NOT_FOUND           | PERMISSION_NOT_FOUND    | permissions
            deleteRole(input: {role: "r"})                                  | FAILED_PRECONDITION | ROLE_IN_USE             | role
            deleteRole(input: {role: "r"})                                  | FAILED_PRECONDITION | BUILT_IN                | role
            assignRole(input: {userId: "USER", role: "r"})                  | NOT_FOUND           | ROLE_NOT_FOUND          | role
            createPermission(input: {permission: "a:b"})                    | ALREADY_EXISTS      | PERMISSION_EXISTS       | permission
            deletePermission(input: {permission: "a:b"})                    | FAILED_PRECONDITION | BUILT_IN                | permission
            retryDelivery(input: {deliveryId: "DELIVERY"})                  | NOT_FOUND           | DELIVERY_NOT_FOUND      | deliveryId
            retryDelivery(input: {deliveryId: "DELIVERY"})                  | FAILED_PRECONDITION | DELIVERY_STATE_FORBIDS  | deliveryId
            """)
    void aReasonThatTheUserCanFixNamesItsField(String mutation, Code code, String reason, String field) {
        GATEWAY.refuse(Refusal.of(code, reason, Map.of()));

        var answer = ask(mutation);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        var error = answer.at("/data/payload/userErrors/0");
        assertThat(error.path("code").asText()).isEqualTo(reason);
        assertThat(error.at("/field/1").asText()).isEqualTo(field == null ? "" : field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            login(input: {identifier: "a", password: "b"})         | PERMISSION_DENIED  | ACCOUNT_NOT_ACTIVE
            login(input: {identifier: "a", password: "b"})         | RESOURCE_EXHAUSTED | LOGIN_LIMITED
            requestPasswordReset(input: {email: "e"})              | RESOURCE_EXHAUSTED | MAIL_LIMITED
            revokeAllSessions(input: {})                           | UNAUTHENTICATED    | TOKEN_STALE
            updateProfile(input: {bio: "b", userId: "USER"})       | PERMISSION_DENIED  | NOT_OWNER
            updateProfile(input: {bio: "b"})                       | UNAVAILABLE        | STORE_UNAVAILABLE
            createRole(input: {role: "r"})                         | PERMISSION_DENIED  | PERMISSION_MISSING
            """)
    void whatTheUserCannotFixInTheFormIsAnError(String mutation, Code code, String reason) {
        GATEWAY.refuse(Refusal.of(code, reason, Map.of()));

        var answer = ask(mutation);

        assertThat(answer.at("/data/payload").isNull()).isTrue();
        assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            updateUser(input: {birthDate: "2999-01-01"})          | birth_date          | birthDate
            updateUser(input: {})                                 | update_mask         |
            updateProfile(input: {links: []})                     | links["web site"]   | links
            updateProfile(input: {expertise: ["a", "a"]})         | expertise           | expertise
            updateSettings(input: {settings: {}})                 | settings            | settings
            recordActivity(input: {action: "Not so"})             | action              | action
            createRole(input: {role: "R"})                        | role                | role
            """)
    void aBrokenFieldIsNamedByItsInputPath(String mutation, String contractPath, String field) {
        GATEWAY.refuse(Refusal.of(Code.INVALID_ARGUMENT, "VALIDATION_FAILED", Map.of(contractPath, "is wrong")));

        var error = ask(mutation).at("/data/payload/userErrors/0");

        assertThat(error.path("message").asText()).isEqualTo("is wrong");
        assertThat(error.at("/field/0").asText()).isEqualTo("input");
        assertThat(error.at("/field/1").asText()).isEqualTo(field == null ? "" : field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            updateUser(input: {birthDate: "10.12.1815"})
            updateUser(input: {birthDate: "0000-01-01"})
            updateSettings(input: {settings: [1]})
            updateSettings(input: {settings: {number: 1e999}})
            updateSettings(input: {settings: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {}}}}}}}}}}}}}}}}}})
            """)
    void whatIsNoDayAndNoJsonIsRefusedWithTheDocument(String mutation) {
        var answer = ask(mutation);

        assertThat(answer.at("/errors/0/extensions/reason").asText())
                .as(answer.toString())
                .isEqualTo("DOCUMENT_INVALID");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    private static com.fasterxml.jackson.databind.JsonNode ask(String mutation) {
        var filled = mutation.replace("USER", TestGateway.id("User", "ada"))
                .replace("SESSION", TestGateway.id("Session", "phone"))
                .replace("DELIVERY", TestGateway.id("Delivery", "email"));
        return GATEWAY.askSignedIn("mutation { payload: " + filled + " { userErrors { field message code } } }");
    }
}
