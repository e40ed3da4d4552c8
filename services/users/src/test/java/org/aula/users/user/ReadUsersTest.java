package org.aula.users.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.users.v1.BatchGetUserSummariesRequest;
import org.aula.api.users.v1.BatchGetUserSummariesResponse;
import org.aula.api.users.v1.BatchGetUsersRequest;
import org.aula.api.users.v1.ErrorReason;
import org.aula.api.users.v1.FullUser;
import org.aula.api.users.v1.GetFullUserRequest;
import org.aula.api.users.v1.GetUserPreferencesRequest;
import org.aula.api.users.v1.GetUserProfileRequest;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.GetUserSettingsRequest;
import org.aula.api.users.v1.User;
import org.aula.api.users.v1.UserServiceGrpc;
import org.aula.api.users.v1.UserSummary;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.users.People;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadUsersTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users");

    private static TestUser aUser(String firstName) {
        return People.aUser(platform, firstName);
    }

    private static UserServiceGrpc.UserServiceBlockingStub as(TestUser user) {
        return UserServiceGrpc.newBlockingStub(platform.as(user, "users"));
    }

    private static UserServiceGrpc.UserServiceBlockingStub anonymous() {
        return UserServiceGrpc.newBlockingStub(platform.anonymous("users"));
    }

    private static GetUserRequest request(UUID id) {
        return GetUserRequest.newBuilder().setUserId(id.toString()).build();
    }

    private static GetFullUserRequest fullRequest(UUID id) {
        return GetFullUserRequest.newBuilder().setUserId(id.toString()).build();
    }

    private static GetUserProfileRequest profileRequest(UUID id) {
        return GetUserProfileRequest.newBuilder().setUserId(id.toString()).build();
    }

    private static GetUserSettingsRequest settingsRequest(UUID id) {
        return GetUserSettingsRequest.newBuilder().setUserId(id.toString()).build();
    }

    private static void delete(TestUser user) {
        People.delete(platform, user.id());
    }

    @Test
    void peopleReadThemselvesAndReadersReadAll() {
        var user = aUser("Ada");
        var reader = platform.user("users:read");

        assertThat(as(user).getUser(request(user.id()))).isEqualTo(as(reader).getUser(request(user.id())));
    }

    @Test
    void nobodyReadsStrangers() throws Exception {
        var user = aUser("Ada");
        var stranger = aUser("Eve");

        for (var id : List.of(user.id(), UUID.randomUUID())) {
            for (Refusal.Call call : List.<Refusal.Call>of(
                    () -> as(stranger).getUser(request(id)),
                    () -> as(stranger).getFullUser(fullRequest(id)),
                    () -> as(stranger).getUserProfile(profileRequest(id)),
                    () -> as(stranger).getUserSettings(settingsRequest(id)))) {
                Refusal.expect(Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER, call);
            }
        }
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> anonymous().getUser(request(user.id())));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> as(stranger)
                        .batchGetUsers(BatchGetUsersRequest.newBuilder()
                                .addUserIds(stranger.id().toString())
                                .build()));
    }

    @Test
    void aUserThatIsMissingOrDeletedIsNotFound() throws Exception {
        var reader = platform.user("users:read");
        var deleted = aUser("Ada");
        delete(deleted);

        for (var id : List.of(deleted.id(), UUID.randomUUID())) {
            for (Refusal.Call call : List.<Refusal.Call>of(
                    () -> as(reader).getUser(request(id)),
                    () -> as(reader).getFullUser(fullRequest(id)),
                    () -> as(reader).getUserProfile(profileRequest(id)),
                    () -> as(reader).getUserSettings(settingsRequest(id)))) {
                Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_USER_NOT_FOUND, call);
            }
        }
    }

    @Test
    void manyUsersComeInTheOrderAskedForByOneStatement() throws Exception {
        var reader = platform.user("users:read");
        var ids = new ArrayList<String>();
        for (int number = 0; number < 10; number++) {
            ids.add(aUser("Ada" + number).id().toString());
        }
        var deleted = aUser("Gone");
        delete(deleted);
        var unknown = UUID.randomUUID().toString();
        var request = BatchGetUsersRequest.newBuilder()
                .addAllUserIds(ids.reversed())
                .addUserIds(unknown)
                .addUserIds(deleted.id().toString())
                .build();

        var answer = as(reader).batchGetUsers(request);

        assertThat(answer.getUsersList()).extracting(User::getId).containsExactlyElementsOf(ids.reversed());
        assertThat(answer.getMissingIdsList())
                .containsExactly(unknown, deleted.id().toString());
        assertThat(platform.statements("users", () -> as(reader).batchGetUsers(request)))
                .isEqualTo(1);
    }

    @Test
    void anyoneSeesNamesPicturesAndALineOfManyByOneStatement() throws Exception {
        var ada = aUser("Ada").id().toString();
        var grace = aUser("Grace").id().toString();
        var unknown = UUID.randomUUID().toString();
        var request = BatchGetUserSummariesRequest.newBuilder()
                .addUserIds(grace)
                .addUserIds(unknown)
                .addUserIds(ada)
                .build();

        var answers = new ArrayList<BatchGetUserSummariesResponse>();
        assertThat(platform.statements("users", () -> answers.add(anonymous().batchGetUserSummaries(request))))
                .isEqualTo(1);
        var answer = answers.getFirst();

        assertThat(answer.getUsersList())
                .containsExactly(summary(grace, "Grace Lovelace"), summary(ada, "Ada Lovelace"));
        assertThat(answer.getMissingIdsList()).containsExactly(unknown);
    }

    @Test
    void profileAndSettingsAreGivenAsTheyAreKept() {
        var user = aUser("Ada");
        var mongo = platform.bean("users", MongoDatabase.class);
        mongo.getCollection("user_profiles")
                .insertOne(new Document("userId", user.id().toString())
                        .append("bio", "Wrote the first program")
                        .append("jobTitle", "Analyst")
                        .append("links", new Document("website", "https://ada.example")));
        mongo.getCollection("user_settings")
                .insertOne(new Document("userId", user.id().toString())
                        .append(
                                "settings",
                                new Document("theme", "dark")
                                        .append("sizes", List.of(1, 2.5))
                                        .append("tips", false)));

        var profile = as(user).getUserProfile(profileRequest(user.id())).getProfile();
        var settings = as(user).getUserSettings(settingsRequest(user.id()))
                .getSettings()
                .getSettings();

        assertThat(profile.getBio()).isEqualTo("Wrote the first program");
        assertThat(profile.getJobTitle()).isEqualTo("Analyst");
        assertThat(profile.getCompany()).isEmpty();
        assertThat(profile.getLinksMap()).containsEntry("website", "https://ada.example");
        assertThat(settings.getFieldsOrThrow("theme").getStringValue()).isEqualTo("dark");
        assertThat(settings.getFieldsOrThrow("sizes")
                        .getListValue()
                        .getValues(1)
                        .getNumberValue())
                .isEqualTo(2.5);
        assertThat(settings.getFieldsOrThrow("tips").getBoolValue()).isFalse();
    }

    @Test
    void aFullUserIsOneStatementBesideTheDocuments() throws Exception {
        var user = aUser("Ada");
        platform.superuser().useHandle(handle -> handle.execute("""
                        INSERT INTO auth.account_roles (account_id, role) VALUES (:id, 'student'), (:id, 'instructor')
                        """.replace(":id", "'" + user.id() + "'")));
        var answers = new ArrayList<FullUser>();

        assertThat(platform.statements(
                        "users",
                        () -> answers.add(
                                as(user).getFullUser(fullRequest(user.id())).getFullUser())))
                .isEqualTo(1);

        var full = answers.getFirst();
        assertThat(full.getUser().getFirstName()).isEqualTo("Ada");
        assertThat(full.getRolesList()).containsExactly("instructor", "student");
        assertThat(full.getAccountStatus()).isEqualTo("ACTIVE");
        assertThat(full.getPreferences().getEtag()).isEqualTo("1");
        assertThat(full.getProfile().getEtag()).isEqualTo("1");
        assertThat(full.getMissingPartsList()).isEmpty();
    }

    @Test
    void whoWritesEmailsReadsPeopleAndWhatTheyWantToHearOf() {
        var user = aUser("Ada");
        var id = user.id().toString();
        var notifications = UserServiceGrpc.newBlockingStub(platform.asService("notifications", "users"));

        var users = notifications.batchGetUsers(
                BatchGetUsersRequest.newBuilder().addUserIds(id).build());
        var preferences = notifications
                .getUserPreferences(
                        GetUserPreferencesRequest.newBuilder().setUserId(id).build())
                .getPreferences();

        assertThat(users.getUsersList()).extracting(User::getFirstName).containsExactly("Ada");
        assertThat(preferences.getEmailNotifications()).isTrue();
    }

    @Test
    void noOtherServiceReadsPeople() throws Exception {
        var id = aUser("Ada").id().toString();
        var courses = UserServiceGrpc.newBlockingStub(platform.asService("courses", "users"));

        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> courses.batchGetUsers(
                        BatchGetUsersRequest.newBuilder().addUserIds(id).build()));
    }

    @Test
    void idsThatAreNoneAreNamedAtOnce() throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> anonymous()
                        .batchGetUserSummaries(BatchGetUserSummariesRequest.newBuilder()
                                .addUserIds("one")
                                .addUserIds(UUID.randomUUID().toString())
                                .addUserIds("two")
                                .build()));
        assertThat(refusal.fields()).containsExactly("user_ids[0]", "user_ids[2]");

        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> anonymous().batchGetUserSummaries(BatchGetUserSummariesRequest.getDefaultInstance()));
    }

    private static UserSummary summary(String id, String name) {
        return UserSummary.newBuilder()
                .setId(id)
                .setDisplayName(name)
                .setAvatarUrl("https://cdn.example/a.png")
                .setShortBio("Counts")
                .build();
    }
}
