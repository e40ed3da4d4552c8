package org.aula.users.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.users.v1.GetUserPreferencesRequest;
import org.aula.api.users.v1.UpdateUserPreferencesRequest;
import org.aula.api.users.v1.UserPreferences;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.users.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PreferencesTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users");

    private static UserPreferences get(TestUser caller, UUID id) {
        return People.as(platform, caller)
                .getUserPreferences(GetUserPreferencesRequest.newBuilder()
                        .setUserId(id.toString())
                        .build())
                .getPreferences();
    }

    private static UserPreferences update(TestUser caller, UUID id, String etag, boolean wanted, String... paths) {
        return People.as(platform, caller)
                .updateUserPreferences(UpdateUserPreferencesRequest.newBuilder()
                        .setUserId(id.toString())
                        .setEtag(etag)
                        .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                        .setEmailNotifications(wanted)
                        .setMarketingEmails(wanted)
                        .setPushNotifications(wanted)
                        .setCourseReminders(wanted)
                        .setWeeklyProgressEmail(wanted)
                        .build())
                .getPreferences();
    }

    @Test
    void whoSaidNothingWantsAllAndChangesOnlyWhatTheMaskNames() {
        var user = People.aUser(platform, "Ada");
        assertThat(get(user, user.id()).getMarketingEmails()).isTrue();
        assertThat(get(user, user.id()).getEtag()).isEqualTo("1");

        var changed = update(user, user.id(), "1", false, "marketing_emails", "course_reminders");
        var again = update(user, user.id(), "1", false, "marketing_emails", "course_reminders");

        assertThat(changed.getMarketingEmails()).isFalse();
        assertThat(changed.getCourseReminders()).isFalse();
        assertThat(changed.getEmailNotifications()).isTrue();
        assertThat(changed.getEtag()).isEqualTo("2");
        assertThat(again).isEqualTo(changed).isEqualTo(get(user, user.id()));
        assertThat(update(user, user.id(), "2", true, "marketing_emails").getEtag())
                .isEqualTo("3");
        assertThat(People.events(platform, user.id())).containsExactly("UserUpdated", "UserUpdated");
    }

    @Test
    void refusals() throws Exception {
        var user = People.aUser(platform, "Ada");
        var stranger = platform.user("users:read");
        var admin = platform.user("users:write", "users:read");
        update(user, user.id(), "", false, "push_notifications");

        Refusal.expect(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> update(user, user.id(), "1", true, "push_notifications"));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> update(stranger, user.id(), "", true, "push_notifications"));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> get(People.aUser(platform, "Eve"), user.id()));
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> get(admin, UUID.randomUUID()),
                () -> update(admin, UUID.randomUUID(), "", true, "push_notifications"))) {
            Refusal.expect(Code.NOT_FOUND, org.aula.api.users.v1.ErrorReason.ERROR_REASON_USER_NOT_FOUND, call);
        }
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> update(user, user.id(), "", true), () -> update(user, user.id(), "", true, "etag"))) {
            assertThat(Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_VALIDATION_FAILED, call)
                            .fields())
                    .containsExactly("update_mask");
        }
        assertThat(get(stranger, user.id()).getPushNotifications()).isFalse();
    }
}
