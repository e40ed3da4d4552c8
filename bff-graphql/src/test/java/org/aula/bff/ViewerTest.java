package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import com.google.type.Date;
import java.util.List;
import java.util.Map;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.BeginTotpRequest;
import org.aula.api.auth.v1.BeginTotpResponse;
import org.aula.api.auth.v1.ConfirmTotpRequest;
import org.aula.api.auth.v1.ConfirmTotpResponse;
import org.aula.api.auth.v1.DeactivateAccountRequest;
import org.aula.api.auth.v1.DirectPermission;
import org.aula.api.auth.v1.GetSecondFactorRequest;
import org.aula.api.auth.v1.GetSecondFactorResponse;
import org.aula.api.auth.v1.GetUserAccessRequest;
import org.aula.api.auth.v1.GetUserAccessResponse;
import org.aula.api.auth.v1.ListSessionsRequest;
import org.aula.api.auth.v1.ListSessionsResponse;
import org.aula.api.auth.v1.PermissionEffect;
import org.aula.api.auth.v1.RevokeAllSessionsRequest;
import org.aula.api.auth.v1.RevokeAllSessionsResponse;
import org.aula.api.auth.v1.RevokeSessionRequest;
import org.aula.api.auth.v1.Session;
import org.aula.api.auth.v1.UserAccess;
import org.aula.api.users.v1.FullUser;
import org.aula.api.users.v1.Gender;
import org.aula.api.users.v1.GetFullUserRequest;
import org.aula.api.users.v1.GetFullUserResponse;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.GetUserResponse;
import org.aula.api.users.v1.ListActivitiesRequest;
import org.aula.api.users.v1.ListActivitiesResponse;
import org.aula.api.users.v1.RecordActivityRequest;
import org.aula.api.users.v1.UpdateUserPreferencesRequest;
import org.aula.api.users.v1.UpdateUserProfileRequest;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.api.users.v1.UpdateUserSettingsRequest;
import org.aula.api.users.v1.User;
import org.aula.api.users.v1.UserActivity;
import org.aula.api.users.v1.UserPreferences;
import org.aula.api.users.v1.UserProfile;
import org.aula.api.users.v1.UserSettings;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The pages on which people look after their own account.
@Tag("fast")
class ViewerTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final String ME = TestGateway.uuid("me");

    @Test
    void theSecurityPageTakesOneCallForEachThingOnIt() {
        GATEWAY.answer(
                ListSessionsRequest.class,
                request -> ListSessionsResponse.newBuilder()
                        .addSessions(Session.newBuilder()
                                .setId(TestGateway.uuid("phone"))
                                .setDeviceName("Phone")
                                .setCurrent(true))
                        .addSessions(Session.newBuilder().setId(TestGateway.uuid("laptop")))
                        .build());
        GATEWAY.answer(
                GetSecondFactorRequest.class,
                request -> GetSecondFactorResponse.newBuilder()
                        .setActive(true)
                        .setRecoveryCodesLeft(9)
                        .build());
        GATEWAY.answer(
                GetUserAccessRequest.class,
                request -> GetUserAccessResponse.newBuilder()
                        .setAccess(UserAccess.newBuilder()
                                .addRoles("student")
                                .addDirectPermissions(DirectPermission.newBuilder()
                                        .setPermission("courses:write")
                                        .setEffect(PermissionEffect.PERMISSION_EFFECT_DENY)))
                        .build());

        var answer = GATEWAY.askSignedIn("""
                { viewer {
                    sessions { id deviceName current }
                    secondFactor { active activeTime recoveryCodesLeft }
                    access { roles permissions directPermissions { permission effect } }
                } }
                """);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        var viewer = answer.at("/data/viewer");
        assertThat(viewer.path("sessions")).hasSize(2);
        assertThat(viewer.at("/sessions/0/id").asText()).isEqualTo(TestGateway.id("Session", "phone"));
        assertThat(viewer.at("/sessions/0/current").asBoolean()).isTrue();
        assertThat(viewer.at("/sessions/1/deviceName").isNull()).isTrue();
        assertThat(viewer.at("/secondFactor/recoveryCodesLeft").asInt()).isEqualTo(9);
        assertThat(viewer.at("/access/directPermissions/0/effect").asText()).isEqualTo("DENY");
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(3);
        assertThat(GATEWAY.request(ListSessionsRequest.class).getUserId()).isEqualTo(ME);
    }

    @Test
    void allAboutTheViewerComesByOneCall() {
        GATEWAY.answer(GetFullUserRequest.class, request -> full().build());

        var answer = GATEWAY.askSignedIn("""
                { viewer {
                    user { firstName birthDate gender phone missingParts profile { bio } }
                    profile { bio links { name url } expertise preferences }
                    settings { settings etag }
                    preferences { courseReminders marketingEmails }
                } }
                """);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(GATEWAY.requests())
                .containsExactly(GetFullUserRequest.newBuilder().setUserId(ME).build());
        var viewer = answer.at("/data/viewer");
        assertThat(viewer.at("/user/birthDate").asText()).isEqualTo("1815-12-10");
        assertThat(viewer.at("/user/gender").asText()).isEqualTo("FEMALE");
        assertThat(viewer.at("/user/phone").isNull()).isTrue();
        assertThat(viewer.at("/user/missingParts")).isEmpty();
        assertThat(viewer.at("/user/profile/bio").asText()).isEqualTo("Analyst");
        assertThat(viewer.at("/profile/links/0/name").asText()).isEqualTo("github");
        assertThat(viewer.at("/profile/links/1/url").asText()).isEqualTo("https://ada.example.org");
        assertThat(viewer.at("/profile/preferences").isNull()).isTrue();
        assertThat(viewer.at("/settings/settings/columns").toString()).isEqualTo("3");
        assertThat(viewer.at("/preferences/courseReminders").asBoolean()).isTrue();
        assertThat(viewer.at("/preferences/marketingEmails").asBoolean()).isFalse();
    }

    @Test
    void whoAsksForTheNameAloneReadsTheRowAlone() {
        GATEWAY.answer(
                GetUserRequest.class,
                request -> GetUserResponse.newBuilder()
                        .setUser(User.newBuilder().setId(request.getUserId()).setFirstName("Ada"))
                        .build());

        var answer = GATEWAY.askSignedIn("{ viewer { user { summary { displayName } } } }");

        assertThat(answer.at("/data/viewer/user/summary/displayName").asText()).isEqualTo("Ada");
        assertThat(GATEWAY.requests())
                .containsExactly(GetUserRequest.newBuilder().setUserId(ME).build());
    }

    @Test
    void aPartThatCannotBeReadIsNullAndSaysSo() {
        GATEWAY.answer(
                GetFullUserRequest.class,
                request -> GetFullUserResponse.newBuilder()
                        .setFullUser(
                                full().getFullUser().toBuilder().clearProfile().addMissingParts("profile"))
                        .build());

        var answer =
                GATEWAY.askSignedIn("{ viewer { user { firstName missingParts } profile { bio } settings { etag } } }");

        var viewer = answer.at("/data/viewer");
        assertThat(viewer.at("/user/firstName").asText()).isEqualTo("Ada");
        assertThat(TestGateway.texts(viewer.at("/user/missingParts"))).containsExactly("profile");
        assertThat(viewer.path("profile").isNull()).isTrue();
        assertThat(viewer.at("/settings/etag").asText()).isEqualTo("7");
        assertThat(answer.path("errors")).hasSize(1);
        assertThat(answer.at("/errors/0/extensions/reason").asText()).isEqualTo("STORE_UNAVAILABLE");
        assertThat(answer.at("/errors/0/path/1").asText()).isEqualTo("profile");
    }

    @Test
    void whoHasJustRegisteredHasNoUserYet() {
        GATEWAY.refuse(Refusal.of(Code.NOT_FOUND, "USER_NOT_FOUND", Map.of()));

        var answer = GATEWAY.askSignedIn("{ viewer { user { firstName } profile { bio } } }");

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/viewer/user").isNull()).isTrue();
        assertThat(answer.at("/data/viewer/profile").isNull()).isTrue();
    }

    @Test
    void theHistoryIsAConnection() {
        GATEWAY.answer(
                ListActivitiesRequest.class,
                request -> ListActivitiesResponse.newBuilder()
                        .addActivities(UserActivity.newBuilder()
                                .setId(TestGateway.uuid("activity"))
                                .setAction("lesson.open")
                                .setMetadata(Struct.newBuilder()
                                        .putFields(
                                                "page",
                                                Value.newBuilder()
                                                        .setNumberValue(2.5)
                                                        .build())))
                        .addItemTokens("behind")
                        .setNextPageToken("behind")
                        .build());

        var answer = GATEWAY.askSignedIn("""
                { viewer { activities(first: 1, after: "before", action: "lesson.open") {
                    edges { cursor node { action metadata resourceId } } pageInfo { hasNextPage hasPreviousPage }
                } } }
                """);

        var connection = answer.at("/data/viewer/activities");
        assertThat(connection.at("/edges/0/node/metadata/page").asDouble()).isEqualTo(2.5);
        assertThat(connection.at("/edges/0/node/resourceId").isNull()).isTrue();
        assertThat(connection.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(connection.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
        assertThat(GATEWAY.request(ListActivitiesRequest.class))
                .isEqualTo(ListActivitiesRequest.newBuilder()
                        .setUserId(ME)
                        .setAction("lesson.open")
                        .setPageSize(1)
                        .setPageToken("before")
                        .setWithItemTokens(true)
                        .build());
    }

    @Test
    void aSecondFactorIsBegunConfirmedAndItsCodesShown() {
        GATEWAY.answer(
                BeginTotpRequest.class,
                request -> BeginTotpResponse.newBuilder()
                        .setSecret("JBSWY3DPEHPK3PXP")
                        .setOtpauthUri("otpauth://totp/Aula")
                        .build());
        GATEWAY.answer(
                ConfirmTotpRequest.class,
                request -> ConfirmTotpResponse.newBuilder()
                        .addAllRecoveryCodes(List.of("one", "two"))
                        .build());

        var answer = GATEWAY.askSignedIn("""
                mutation {
                  beginTotp(input: {password: "correct horse"}) { secret otpauthUri }
                  confirmTotp(input: {code: "123456"}) { recoveryCodes }
                  regenerateRecoveryCodes(input: {password: "correct horse"}) { recoveryCodes }
                  disableTotp(input: {password: "correct horse"}) { userErrors { code } }
                }
                """);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/beginTotp/otpauthUri").asText()).isEqualTo("otpauth://totp/Aula");
        assertThat(TestGateway.texts(answer.at("/data/confirmTotp/recoveryCodes")))
                .containsExactly("one", "two");
        assertThat(GATEWAY.requests()).hasSize(4);
    }

    @Test
    void devicesAreSignedOut() {
        GATEWAY.answer(
                RevokeAllSessionsRequest.class,
                request -> RevokeAllSessionsResponse.newBuilder()
                        .setRevokedCount(3)
                        .build());

        var answer =
                GATEWAY.askSignedIn("""
                mutation {
                  revokeSession(input: {sessionId: "%s"}) { userErrors { code } }
                  revokeAllSessions(input: {}) { revokedCount }
                  changePassword(input: {currentPassword: "a", newPassword: "correct horse"}) { userErrors { code } }
                  changeEmail(input: {newEmail: "new@example.org", password: "a"}) { userErrors { code } }
                  deactivateAccount(input: {userId: "%s"}) { account { id } }
                }
                """.formatted(TestGateway.id("Session", "phone"), TestGateway.id("Account", "me")));

        assertThat(answer.at("/data/revokeAllSessions/revokedCount").asInt())
                .as(answer.toString())
                .isEqualTo(3);
        assertThat(GATEWAY.request(RevokeSessionRequest.class).getSessionId()).isEqualTo(TestGateway.uuid("phone"));
        var all = GATEWAY.request(RevokeAllSessionsRequest.class);
        assertThat(all.getUserId()).isEqualTo(ME);
        assertThat(all.getKeepCurrent()).isTrue();
        assertThat(GATEWAY.request(DeactivateAccountRequest.class).getUserId()).isEqualTo(ME);
    }

    @Test
    void onlyWhatIsGivenChangesAndNullEmpties() {
        var answer = GATEWAY.askSignedIn("""
                mutation {
                  updateUser(input: {etag: "3", birthDate: "1815-12-10", phone: null, gender: null}) { user { id } }
                  updateProfile(input: {
                    bio: "New", company: null, links: [{name: "website", url: "https://a.example"}], expertise: []
                  }) { profile { etag } }
                  updatePreferences(input: {marketingEmails: true, courseReminders: null}) { preferences { etag } }
                }
                """);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        var user = GATEWAY.request(UpdateUserRequest.class);
        assertThat(user.getUserId()).isEqualTo(ME);
        assertThat(user.getEtag()).isEqualTo("3");
        assertThat(user.getUpdateMask().getPathsList()).containsExactlyInAnyOrder("birth_date", "phone", "gender");
        assertThat(user.getBirthDate())
                .isEqualTo(
                        Date.newBuilder().setYear(1815).setMonth(12).setDay(10).build());
        var profile = GATEWAY.request(UpdateUserProfileRequest.class);
        assertThat(profile.getUpdateMask().getPathsList())
                .containsExactlyInAnyOrder("bio", "company", "links", "expertise");
        assertThat(profile.getLinksMap()).containsExactly(Map.entry("website", "https://a.example"));
        var preferences = GATEWAY.request(UpdateUserPreferencesRequest.class);
        assertThat(preferences.getUpdateMask().getPathsList())
                .containsExactlyInAnyOrder("marketing_emails", "course_reminders");
        assertThat(preferences.getMarketingEmails()).isTrue();
        assertThat(preferences.getCourseReminders()).isFalse();
    }

    @Test
    void settingsAreAnyJsonObject() {
        GATEWAY.answer(
                UpdateUserSettingsRequest.class,
                request -> org.aula.api.users.v1.UpdateUserSettingsResponse.newBuilder()
                        .setSettings(UserSettings.newBuilder().setSettings(request.getSettings()))
                        .build());
        var settings = Map.of("theme", "dark", "columns", 3, "wide", true, "nested", Map.of("list", List.of(1, 2.5)));

        var answer = GATEWAY.ask(
                "mutation($s: JSON!) { updateSettings(input: {settings: $s}) { settings { settings } userErrors { code } } }",
                Map.of("s", settings),
                TestGateway.token());

        JsonNode given = answer.at("/data/updateSettings/settings/settings");
        assertThat(given.toString()).as(answer.toString()).contains("\"columns\":3", "[1,2.5]", "\"wide\":true");
        assertThat(GATEWAY.request(UpdateUserSettingsRequest.class).getUserId()).isEqualTo(ME);
    }

    @Test
    void whatTheViewerDidIsRecorded() {
        GATEWAY.askSignedIn("""
                mutation { recordActivity(input: {
                    action: "lesson.open", resourceType: "lesson", resourceId: "x", metadata: {page: 2}
                }) { activity { id } } }
                """);

        var request = GATEWAY.request(RecordActivityRequest.class);
        assertThat(request.getRequestId()).hasSize(36);
        assertThat(request.getResourceId()).isEqualTo("x");
        assertThat(request.getMetadata().getFieldsOrThrow("page").getNumberValue())
                .isEqualTo(2);
    }

    @Test
    void aViewersAccountIsTheirs() {
        GATEWAY.answer(
                GetUserRequest.class,
                request -> GetUserResponse.newBuilder()
                        .setUser(User.newBuilder().setId(request.getUserId()))
                        .build());
        GATEWAY.answer(
                org.aula.api.auth.v1.GetAccountRequest.class,
                request -> org.aula.api.auth.v1.GetAccountResponse.newBuilder()
                        .setAccount(
                                Account.newBuilder().setId(request.getUserId()).setEmail("me@example.org"))
                        .build());

        var answer = GATEWAY.askSignedIn("{ viewer { user { account { email user { displayName } } } } }");

        assertThat(answer.at("/data/viewer/user/account/email").asText())
                .as(answer.toString())
                .isEqualTo("me@example.org");
        assertThat(GATEWAY.requests()).hasSize(3);
    }

    private static GetFullUserResponse.Builder full() {
        return GetFullUserResponse.newBuilder()
                .setFullUser(FullUser.newBuilder()
                        .setUser(User.newBuilder()
                                .setId(ME)
                                .setFirstName("Ada")
                                .setGender(Gender.GENDER_FEMALE)
                                .setBirthDate(Date.newBuilder()
                                        .setYear(1815)
                                        .setMonth(12)
                                        .setDay(10)))
                        .setProfile(UserProfile.newBuilder()
                                .setBio("Analyst")
                                .putLinks("website", "https://ada.example.org")
                                .putLinks("github", "https://github.com/ada"))
                        .setSettings(UserSettings.newBuilder()
                                .setEtag("7")
                                .setSettings(Struct.newBuilder()
                                        .putFields(
                                                "columns",
                                                Value.newBuilder()
                                                        .setNumberValue(3)
                                                        .build())))
                        .setPreferences(UserPreferences.newBuilder().setCourseReminders(true)));
    }
}
