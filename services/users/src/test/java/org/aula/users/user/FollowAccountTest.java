package org.aula.users.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.users.v1.DeleteUserRequest;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.RestoreUserRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.users.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a call leaves that ended between the account and the row, and what it leaves while `auth` is away.
class FollowAccountTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users");

    private static void account(UUID id, String deletedAt) {
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE auth.accounts SET deleted_at = " + deletedAt + " WHERE id = ?", id));
    }

    private static void follow() throws Exception {
        platform.inside("users", () -> {
            platform.bean("users", AccountReconciliationJob.class).run();
            return true;
        });
    }

    @Test
    void aRowFollowsItsAccountAndItIsToldOnce() throws Exception {
        var user = People.aUser(platform, "Ada");
        var request =
                GetUserRequest.newBuilder().setUserId(user.id().toString()).build();

        account(user.id(), "now() - interval '2 minutes'");
        follow();
        follow();
        Refusal.expect(
                Code.NOT_FOUND,
                org.aula.api.users.v1.ErrorReason.ERROR_REASON_USER_NOT_FOUND,
                () -> People.as(platform, user).getUser(request));
        assertThat(People.events(platform, user.id())).containsExactly("UserDeleted");

        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE users.users SET deleted_at = now() - interval '2 minutes' WHERE id = ?", user.id()));
        account(user.id(), "NULL");
        follow();
        follow();
        assertThat(People.as(platform, user).getUser(request).getUser().getEtag())
                .isEqualTo("3");
        assertThat(People.events(platform, user.id())).containsExactly("UserDeleted", "UserRestored");
    }

    @Test
    void whatACallMayStillBeDoingIsLeftToIt() throws Exception {
        var user = People.aUser(platform, "Ada");

        account(user.id(), "now()");
        follow();

        assertThat(People.events(platform, user.id())).isEmpty();
        account(user.id(), "NULL");
    }

    @Test
    void whileAuthIsAwayNothingIsDeletedOrRestored() throws Exception {
        var user = People.aUser(platform, "Ada");
        var admin = platform.user("users:write");

        var deletion = Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SERVICE_UNAVAILABLE,
                () -> People.as(platform, admin)
                        .deleteUser(DeleteUserRequest.newBuilder()
                                .setUserId(user.id().toString())
                                .build()));
        var restoration = Refusal.expect(
                Code.UNAVAILABLE,
                ErrorReason.ERROR_REASON_SERVICE_UNAVAILABLE,
                () -> People.as(platform, admin)
                        .restoreUser(RestoreUserRequest.newBuilder()
                                .setUserId(user.id().toString())
                                .build()));

        assertThat(deletion.metadata()).containsEntry("service", "auth");
        assertThat(restoration.metadata()).containsEntry("service", "auth");
        assertThat(People.events(platform, user.id())).isEmpty();
        assertThat(People.audits(platform, user.id())).isEmpty();
    }
}
