package org.aula.users.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.mongodb.client.MongoDatabase;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.common.v1.FieldChange;
import org.aula.api.users.v1.GetUserProfileRequest;
import org.aula.api.users.v1.GetUserSettingsRequest;
import org.aula.api.users.v1.UpdateUserProfileRequest;
import org.aula.api.users.v1.UpdateUserSettingsRequest;
import org.aula.api.users.v1.UserProfile;
import org.aula.api.users.v1.UserSettings;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.users.People;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProfileTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users");

    private static TestUser aUser() {
        return People.aUser(platform, "Ada");
    }

    private static UpdateUserProfileRequest.Builder request(UUID id, String... paths) {
        return UpdateUserProfileRequest.newBuilder()
                .setUserId(id.toString())
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }

    private static UserProfile update(TestUser caller, UpdateUserProfileRequest.Builder request) {
        return People.as(platform, caller).updateUserProfile(request.build()).getProfile();
    }

    private static UserProfile profile(TestUser caller, UUID id) {
        return People.as(platform, caller)
                .getUserProfile(GetUserProfileRequest.newBuilder()
                        .setUserId(id.toString())
                        .build())
                .getProfile();
    }

    private static UserSettings replace(TestUser caller, UUID id, Struct settings, String etag) {
        return People.as(platform, caller)
                .updateUserSettings(UpdateUserSettingsRequest.newBuilder()
                        .setUserId(id.toString())
                        .setSettings(settings)
                        .setEtag(etag)
                        .build())
                .getSettings();
    }

    private static UserSettings settings(TestUser caller, UUID id) {
        return People.as(platform, caller)
                .getUserSettings(GetUserSettingsRequest.newBuilder()
                        .setUserId(id.toString())
                        .build())
                .getSettings();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Struct struct(String name, Value value) {
        return Struct.newBuilder().putFields(name, value).build();
    }

    /// JSON with whatever names and values a client may think of.
    private static Struct odd() {
        return Struct.newBuilder()
                .putFields("$set", text("$date"))
                .putFields("a.b", Value.newBuilder().setNumberValue(1.5).build())
                .putFields("", Value.newBuilder().setBoolValue(false).build())
                .putFields(
                        "none",
                        Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build())
                .putFields(
                        "list",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder()
                                        .addValues(
                                                Value.newBuilder().setStructValue(struct("$oid", text("\ud83e\udd89"))))
                                        .addValues(Value.newBuilder().setNullValue(NullValue.NULL_VALUE)))
                                .build())
                .build();
    }

    @Test
    void onlyWhatTheMaskNamesChangesAndItIsTold() {
        var user = aUser();
        assertThat(profile(user, user.id()).getEtag()).isEqualTo("1");
        var request = request(user.id(), "bio", "links", "expertise", "experience_years", "preferences", "city")
                .setEtag("1")
                .setBio("Wrote the first program")
                .setCompany("not named")
                .putLinks("website", "https://ada.example")
                .addExpertise("Analysis")
                .setExperienceYears(12)
                .setCity("London")
                .setPreferences(odd());

        var changed = update(user, request);

        assertThat(changed.getBio()).isEqualTo("Wrote the first program");
        assertThat(changed.getCompany()).isEmpty();
        assertThat(changed.getLinksMap()).containsOnlyKeys("website");
        assertThat(changed.getExpertiseList()).containsExactly("Analysis");
        assertThat(changed.getExperienceYears()).isEqualTo(12);
        assertThat(changed.getCity()).isEqualTo("London");
        assertThat(changed.getPreferences()).isEqualTo(odd());
        assertThat(changed.getEtag()).isEqualTo("2");
        assertThat(profile(user, user.id())).isEqualTo(changed);
        assertThat(update(user, request)).isEqualTo(changed);
        assertThat(update(user, request(user.id(), "city").setEtag("2")).getBio())
                .isEqualTo("Wrote the first program");
        assertThat(People.events(platform, user.id()))
                .containsOnly("UserUpdated")
                .hasSize(3);
        var entry = People.audits(platform, user.id()).getFirst();
        assertThat(entry.getAction()).isEqualTo("user_profile.update");
        assertThat(entry.getChangesList())
                .filteredOn(change -> change.getPath().equals("bio"))
                .extracting(FieldChange::getPersonal)
                .containsExactly(true);
        assertThat(entry.toString()).doesNotContain("first program", "London");
    }

    @Test
    void settingsAreReplacedAsAWhole() {
        var user = aUser();

        var first = replace(user, user.id(), odd(), "1");
        var second = replace(user, user.id(), struct("theme", text("dark")), "2");
        var again = replace(user, user.id(), struct("theme", text("dark")), "2");

        assertThat(first.getSettings()).isEqualTo(odd());
        assertThat(first.getEtag()).isEqualTo("2");
        assertThat(second.getSettings()).isEqualTo(struct("theme", text("dark")));
        assertThat(again).isEqualTo(second).isEqualTo(settings(user, user.id()));
        assertThat(People.events(platform, user.id())).hasSize(3);
    }

    @Test
    void aDocumentFromBeforeVersionsWereCountedIsVersionOne() {
        var user = aUser();
        platform.bean("users", MongoDatabase.class)
                .getCollection("user_profiles")
                .insertOne(new Document("userId", user.id().toString()).append("bio", "Old"));

        assertThat(profile(user, user.id()).getEtag()).isEqualTo("1");
        var changed = update(user, request(user.id(), "city").setEtag("1").setCity("London"));
        assertThat(changed.getEtag()).isEqualTo("2");
        assertThat(changed.getBio()).isEqualTo("Old");
    }

    @Test
    void whoReadAnOlderVersionIsRefused() throws Exception {
        var user = aUser();
        update(user, request(user.id(), "bio").setBio("One"));
        replace(user, user.id(), struct("theme", text("dark")), "");

        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> update(user, request(user.id(), "bio").setBio("Two").setEtag("1")),
                () -> replace(user, user.id(), struct("theme", text("light")), "1"))) {
            Refusal.expect(Code.ABORTED, ErrorReason.ERROR_REASON_ETAG_MISMATCH, call);
        }
    }

    @Test
    void ofManyWithOneEtagOneWinsAndWithoutNoChangeIsLost() throws Exception {
        var user = aUser();
        assertThat(together(user, "1")).filteredOn("OK"::equals).hasSize(1);
        assertThat(profile(user, user.id()).getEtag()).isEqualTo("2");

        var done = together(user, "").stream().filter("OK"::equals).count();
        assertThat(profile(user, user.id()).getEtag()).isEqualTo(Long.toString(2 + done));
    }

    private static List<String> together(TestUser user, String etag) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads
                    .invokeAll(IntStream.range(0, 8)
                            .<Callable<String>>mapToObj(number -> () -> outcome(user, etag))
                            .toList())
                    .stream()
                    .map(answer -> answer.resultNow())
                    .toList();
        }
    }

    private static String outcome(TestUser user, String etag) {
        try {
            update(
                    user,
                    request(user.id(), "bio")
                            .setBio(UUID.randomUUID().toString())
                            .setEtag(etag));
            return "OK";
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode().name();
        }
    }

    @Test
    void freeJsonHasBoundsAndTheRefusalNamesTheField() throws Exception {
        var user = aUser();
        var deep = struct("0", text("in"));
        for (int depth = 1; depth < 16; depth++) {
            deep = struct(
                    Integer.toString(depth),
                    Value.newBuilder().setStructValue(deep).build());
        }
        assertThat(replace(user, user.id(), deep, "").getSettings()).isEqualTo(deep);
        var most = struct("text", text("x".repeat(16 * 1024 - 20)));
        assertThat(replace(user, user.id(), most, "").getSettings()).isEqualTo(most);

        for (var broken : List.of(
                struct("16", Value.newBuilder().setStructValue(deep).build()),
                struct("text", text("x".repeat(16 * 1024))),
                struct("text", text("\u00e9".repeat(8 * 1024))),
                struct("a\0b", text("")),
                struct("number", Value.newBuilder().setNumberValue(Double.NaN).build()))) {
            assertThat(invalid(() -> replace(user, user.id(), broken, "")).fields())
                    .containsExactly("settings");
            assertThat(invalid(() -> update(
                                    user, request(user.id(), "preferences").setPreferences(broken)))
                            .fields())
                    .containsExactly("preferences");
        }
        assertThat(settings(user, user.id()).getSettings()).isEqualTo(most);
    }

    private static Refusal invalid(Refusal.Call call) throws Exception {
        return Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_VALIDATION_FAILED, call);
    }

    @Test
    void boundsOfTheContractHold() throws Exception {
        var user = aUser();

        assertThat(invalid(() -> update(user, request(user.id()))).fields()).containsExactly("update_mask");
        assertThat(invalid(() -> update(user, request(user.id(), "etag"))).fields())
                .containsExactly("update_mask");
        assertThat(invalid(() -> update(
                                user,
                                request(user.id(), "links", "experience_years", "expertise")
                                        .putLinks("Website", "javascript:alert(1)")
                                        .addAllExpertise(List.of("Same", "Same"))
                                        .setExperienceYears(81)))
                        .fields())
                .contains("links[Website]", "expertise", "experience_years");
        assertThat(invalid(() -> People.as(platform, user)
                                .updateUserSettings(UpdateUserSettingsRequest.newBuilder()
                                        .setUserId(user.id().toString())
                                        .build()))
                        .fields())
                .containsExactly("settings");
    }

    @Test
    void strangersChangeNobodyAndWhoIsMissingIsNotFound() throws Exception {
        var user = aUser();
        var stranger = platform.user("users:read");
        var admin = platform.user("users:write");
        var deleted = aUser();
        People.delete(platform, deleted.id());

        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> update(stranger, request(user.id(), "bio").setBio("Mine")),
                () -> replace(stranger, user.id(), odd(), ""))) {
            Refusal.expect(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_NOT_OWNER, call);
        }
        for (var id : List.of(UUID.randomUUID(), deleted.id())) {
            for (Refusal.Call call : List.<Refusal.Call>of(
                    () -> update(admin, request(id, "bio").setBio("Gone")), () -> replace(admin, id, odd(), ""))) {
                Refusal.expect(Code.NOT_FOUND, org.aula.api.users.v1.ErrorReason.ERROR_REASON_USER_NOT_FOUND, call);
            }
        }
        assertThat(update(admin, request(user.id(), "bio").setBio("By the admin"))
                        .getBio())
                .isEqualTo("By the admin");
    }
}
