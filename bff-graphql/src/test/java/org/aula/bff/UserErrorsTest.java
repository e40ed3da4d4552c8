package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import org.aula.bff.testing.Forms;
import org.aula.bff.testing.TestGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which field of a form a refusal of auth, users or notifications is about.
@Tag("fast")
class UserErrorsTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final Forms FORMS = new Forms(GATEWAY);

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
    void aReasonThatTheUserCanFixNamesItsField(String mutation, Code code, String reason, @Nullable String field) {
        FORMS.assertUserError(mutation, code, reason, field);
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
        FORMS.assertError(mutation, code, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            updateUser(input: {birthDate: "2999-01-01"})          | birth_date          | input.birthDate
            updateUser(input: {})                                 | update_mask         | input
            updateProfile(input: {links: []})                     | links["web site"]   | input.links
            updateProfile(input: {expertise: ["a", "a"]})         | expertise           | input.expertise
            updateSettings(input: {settings: {}})                 | settings            | input.settings
            recordActivity(input: {action: "Not so"})             | action              | input.action
            createRole(input: {role: "R"})                        | role                | input.role
            """)
    void aBrokenFieldIsNamedByItsInputPath(String mutation, String contractPath, String path) {
        FORMS.assertBroken(mutation, contractPath, path);
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
        var answer = FORMS.send(mutation);

        assertThat(answer.at("/errors/0/extensions/reason").asText())
                .as(answer.toString())
                .isEqualTo("DOCUMENT_INVALID");
        assertThat(GATEWAY.requests()).isEmpty();
    }
}
