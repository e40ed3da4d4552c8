package org.aula.users.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.DeleteUserRequest;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.ListUsersRequest;
import org.aula.api.users.v1.RestoreUserRequest;
import org.aula.api.users.v1.User;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.users.People;
import org.aula.users.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// With the real `auth`, which decides.
class RemoveUserTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth", "users");

    private static Person admin;

    @BeforeAll
    static void admin() throws Exception {
        admin = Person.settled(platform, "admin");
    }

    private static Object delete(UUID id, String etag) {
        return admin.users()
                .deleteUser(DeleteUserRequest.newBuilder()
                        .setUserId(id.toString())
                        .setEtag(etag)
                        .build());
    }

    private static User restore(UUID id) {
        return admin.users()
                .restoreUser(
                        RestoreUserRequest.newBuilder().setUserId(id.toString()).build())
                .getUser();
    }

    private static Object get(UUID id) {
        return admin.users()
                .getUser(GetUserRequest.newBuilder().setUserId(id.toString()).build());
    }

    private static void login(Person person) {
        var answer = AuthServiceGrpc.newBlockingStub(platform.anonymous("auth"))
                .login(LoginRequest.newBuilder()
                        .setIdentifier(person.email())
                        .setPassword("correct horse battery")
                        .build());
        assertThat(answer.getTokens().getAccessToken()).isNotEmpty();
    }

    private static void missing(UUID id) throws Exception {
        Refusal.expect(Code.NOT_FOUND, org.aula.api.users.v1.ErrorReason.ERROR_REASON_USER_NOT_FOUND, () -> get(id));
    }

    @Test
    void aDeletedUserIsGoneFromEverythingAndComesBackWhole() throws Exception {
        var person = Person.settled(platform);
        var summaries = BatchGetUserSummariesRequest.newBuilder()
                .addUserIds(person.id().toString())
                .build();
        assertThat(admin.users().batchGetUserSummaries(summaries).getUsersCount())
                .isEqualTo(1);

        delete(person.id(), "1");

        missing(person.id());
        assertThat(admin.users().batchGetUserSummaries(summaries).getMissingIdsCount())
                .isEqualTo(1);
        Refusal.of(() -> AuthServiceGrpc.newBlockingStub(platform.anonymous("auth"))
                .login(LoginRequest.newBuilder()
                        .setIdentifier(person.email())
                        .setPassword("correct horse battery")
                        .build()));
        assertThat(admin.users()
                        .listUsers(ListUsersRequest.newBuilder()
                                .setDeleted(true)
                                .setPageSize(100)
                                .build())
                        .getUsersList())
                .extracting(User::getId)
                .contains(person.id().toString());

        var restored = restore(person.id());

        assertThat(restored.getFirstName()).isEqualTo("Ada");
        assertThat(restored.hasDeleteTime()).isFalse();
        assertThat(restored.getEtag()).isEqualTo("3");
        login(person);
        assertThat(People.events(platform, person.id())).containsExactly("UserCreated", "UserDeleted", "UserRestored");
        assertThat(People.audits(platform, person.id()))
                .extracting(AuditRecorded::getAction)
                .containsExactly("user.delete", "user.restore");
    }

    @Test
    void bothMayBeRepeated() throws Exception {
        var person = Person.settled(platform);

        delete(person.id(), "1");
        delete(person.id(), "1");
        restore(person.id());
        assertThat(restore(person.id()).getEtag()).isEqualTo("3");

        assertThat(People.events(platform, person.id())).containsExactly("UserCreated", "UserDeleted", "UserRestored");
    }

    @Test
    void whoReadAnOlderVersionDeletesNothing() throws Exception {
        var person = Person.settled(platform);

        Refusal.expect(Code.ABORTED, ErrorReason.ERROR_REASON_ETAG_MISMATCH, () -> delete(person.id(), "7"));

        login(person);
        assertThat(get(person.id())).isNotNull();
    }

    @Test
    void whatWasLeftBetweenTheStepsIsFinishedByTheRepetition() throws Exception {
        var person = Person.settled(platform);
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?", person.id()));

        delete(person.id(), "");
        missing(person.id());

        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE auth.accounts SET deleted_at = NULL WHERE id = ?", person.id()));
        assertThat(restore(person.id()).hasDeleteTime()).isFalse();
    }

    @Test
    void anAddressThatSomebodyElseHasByNowKeepsAUserDeleted() throws Exception {
        var person = Person.settled(platform);
        delete(person.id(), "");
        var successor = AuthServiceGrpc.newBlockingStub(platform.anonymous("auth"))
                .register(RegisterRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setEmail(person.email())
                        .setPassword("correct horse battery")
                        .setFirstName("Grace")
                        .setLastName("Hopper")
                        .build());
        assertThat(successor.getAccount().getId()).isNotEqualTo(person.id().toString());
        // Both have verified the address.
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE auth.accounts SET status = 'ACTIVE' WHERE id IN (?, ?)",
                        person.id(),
                        UUID.fromString(successor.getAccount().getId())));

        Refusal.expect(
                Code.ALREADY_EXISTS,
                org.aula.api.auth.v1.ErrorReason.ERROR_REASON_EMAIL_TAKEN,
                () -> restore(person.id()));

        missing(person.id());
    }

    @Test
    void theLastAdministratorStays() throws Exception {
        platform.superuser().useHandle(handle -> {
            handle.execute("INSERT INTO auth.permissions (name) VALUES ('roles:write') ON CONFLICT DO NOTHING");
            handle.execute("""
                    INSERT INTO auth.role_permissions (role, permission) VALUES ('admin', 'roles:write')
                    ON CONFLICT DO NOTHING
                    """);
            handle.execute("DELETE FROM auth.account_roles WHERE role = 'admin' AND account_id <> ?", admin.id());
        });

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                org.aula.api.auth.v1.ErrorReason.ERROR_REASON_LAST_ADMIN,
                () -> delete(admin.id(), ""));

        assertThat(get(admin.id())).isNotNull();
    }

    @Test
    void onlyAdministratorsDeleteAndRestoreAndOnlyWhatIsThere() throws Exception {
        var person = Person.settled(platform);
        var unknown = UUID.randomUUID().toString();

        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> person.users()
                        .deleteUser(DeleteUserRequest.newBuilder()
                                .setUserId(person.id().toString())
                                .build()),
                () -> person.users()
                        .restoreUser(RestoreUserRequest.newBuilder()
                                .setUserId(person.id().toString())
                                .build()))) {
            Refusal.expect(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_PERMISSION_MISSING, call);
        }
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> delete(UUID.fromString(unknown), ""), () -> restore(UUID.fromString(unknown)))) {
            Refusal.expect(Code.NOT_FOUND, org.aula.api.users.v1.ErrorReason.ERROR_REASON_USER_NOT_FOUND, call);
        }
    }
}
