package org.aula.users.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.type.Date;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.common.v1.FieldChange;
import org.aula.api.users.v1.Gender;
import org.aula.api.users.v1.GetUserRequest;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.api.users.v1.User;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.users.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpdateUserTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users");

    private static TestUser aUser() {
        return People.aUser(platform, "Ada");
    }

    private static UpdateUserRequest.Builder request(UUID id, String... paths) {
        return UpdateUserRequest.newBuilder()
                .setUserId(id.toString())
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }

    private static User update(TestUser caller, UpdateUserRequest.Builder request) {
        return People.as(platform, caller).updateUser(request.build()).getUser();
    }

    private static Refusal refused(TestUser caller, UpdateUserRequest.Builder request) throws Exception {
        return Refusal.expect(
                Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_VALIDATION_FAILED, () -> update(caller, request));
    }

    @Test
    void onlyWhatTheMaskNamesChangesAndItIsToldOnce() {
        var user = aUser();
        var request = request(user.id(), "first_name", "phone", "birth_date", "gender", "time_zone")
                .setEtag("1")
                .setFirstName("Grace")
                .setLastName("not named")
                .setPhone("+34600000000")
                .setBirthDate(Date.newBuilder().setYear(1906).setMonth(12).setDay(9))
                .setGender(Gender.GENDER_FEMALE)
                .setTimeZone("America/New_York");

        var changed = update(user, request);
        var again = update(user, request);

        assertThat(changed.getFirstName()).isEqualTo("Grace");
        assertThat(changed.getLastName()).isEqualTo("Lovelace");
        assertThat(changed.getPhone()).isEqualTo("+34600000000");
        assertThat(changed.getBirthDate().getDay()).isEqualTo(9);
        assertThat(changed.getGender()).isEqualTo(Gender.GENDER_FEMALE);
        assertThat(changed.getTimeZone()).isEqualTo("America/New_York");
        assertThat(changed.getEtag()).isEqualTo("2");
        assertThat(again).isEqualTo(changed);
        assertThat(People.as(platform, user)
                        .getUser(GetUserRequest.newBuilder()
                                .setUserId(user.id().toString())
                                .build())
                        .getUser())
                .isEqualTo(changed);
        assertThat(People.events(platform, user.id())).containsExactly("UserUpdated");
    }

    @Test
    void theAuditLogNamesWhatIsPersonalAndShowsTheRest() {
        var user = aUser();
        var admin = platform.user("users:write");

        update(
                admin,
                request(user.id(), "first_name", "language_code")
                        .setFirstName("Grace")
                        .setLanguageCode("de"));

        var entry = People.audits(platform, user.id()).getFirst();
        assertThat(entry.getAction()).isEqualTo("user.update");
        assertThat(entry.getResourceType()).isEqualTo("user");
        assertThat(entry.getChangesList())
                .filteredOn(change -> List.of("first_name", "language_code").contains(change.getPath()))
                .extracting(FieldChange::getPath, FieldChange::getPersonal, FieldChange::getAfterJson)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("first_name", true, ""),
                        org.assertj.core.groups.Tuple.tuple("language_code", false, "\"de\""));
        assertThat(entry.toString()).doesNotContain("Grace");
    }

    @Test
    void emptyValuesForgetOrMeanTheUsual() {
        var user = aUser();
        update(
                user,
                request(user.id(), "phone", "birth_date", "gender", "language_code")
                        .setPhone("+34600000000")
                        .setBirthDate(
                                Date.newBuilder().setYear(1906).setMonth(12).setDay(9))
                        .setGender(Gender.GENDER_OTHER)
                        .setLanguageCode("pt-BR"));

        var changed = update(
                user, request(user.id(), "phone", "birth_date", "gender", "language_code", "time_zone", "avatar_url"));

        assertThat(changed.getPhone()).isEmpty();
        assertThat(changed.hasBirthDate()).isFalse();
        assertThat(changed.getGender()).isEqualTo(Gender.GENDER_UNSPECIFIED);
        assertThat(changed.getLanguageCode()).isEqualTo("en");
        assertThat(changed.getTimeZone()).isEqualTo("UTC");
        assertThat(changed.getAvatarUrl()).isEmpty();
    }

    @Test
    void everyBrokenFieldIsNamedAtOnce() throws Exception {
        var user = aUser();

        var refusal = refused(
                user,
                request(user.id(), "first_name", "last_name", "birth_date", "time_zone")
                        .setFirstName("  ")
                        .setBirthDate(
                                Date.newBuilder().setYear(2001).setMonth(2).setDay(29))
                        .setTimeZone("Europe/Atlantis"));

        assertThat(refusal.fields()).containsExactly("first_name", "last_name", "birth_date", "time_zone");
    }

    @Test
    void nobodyIsBornTomorrowOrLongAgoOrInSomeYear() throws Exception {
        var user = aUser();
        var tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(2);
        for (var date : List.of(
                date(tomorrow.getYear(), tomorrow.getMonthValue(), tomorrow.getDayOfMonth()),
                date(1899, 12, 31),
                date(1990, 0, 0))) {
            var refusal = refused(user, request(user.id(), "birth_date").setBirthDate(date));
            assertThat(refusal.fields()).containsExactly("birth_date");
        }
    }

    private static Date date(int year, int month, int day) {
        return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
    }

    @Test
    void aMaskNamesKnownFieldsAndAtLeastOne() throws Exception {
        var user = aUser();

        assertThat(refused(user, request(user.id())).fields()).containsExactly("update_mask");
        assertThat(refused(user, request(user.id(), "version")).fields()).containsExactly("update_mask");
    }

    @Test
    void whoReadAnOlderVersionIsRefused() throws Exception {
        var user = aUser();
        update(user, request(user.id(), "short_bio").setShortBio("One"));

        Refusal.expect(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> update(
                        user, request(user.id(), "short_bio").setShortBio("Two").setEtag("1")));
        assertThat(update(user, request(user.id(), "short_bio").setShortBio("Two"))
                        .getEtag())
                .isEqualTo("3");
    }

    @Test
    void ofManyWithOneEtagOneWins() throws Exception {
        var user = aUser();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = threads
                    .invokeAll(IntStream.range(0, 20)
                            .<Callable<String>>mapToObj(number -> () -> outcome(user, number))
                            .toList())
                    .stream()
                    .map(done -> done.resultNow())
                    .toList();
            assertThat(outcomes).filteredOn("OK"::equals).hasSize(1);
            assertThat(outcomes).filteredOn("ABORTED"::equals).hasSize(19);
        }
        assertThat(People.events(platform, user.id())).hasSize(1);
    }

    private static String outcome(TestUser user, int number) {
        try {
            update(
                    user,
                    request(user.id(), "short_bio").setShortBio("Bio " + number).setEtag("1"));
            return "OK";
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode().name();
        }
    }

    @Test
    void strangersChangeNobodyAndWhoIsMissingIsNotFound() throws Exception {
        var user = aUser();
        var stranger = platform.user("users:read");
        var admin = platform.user("users:write");
        var deleted = aUser();
        People.delete(platform, deleted.id());

        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> update(stranger, request(user.id(), "short_bio").setShortBio("Mine")));
        for (var id : List.of(UUID.randomUUID(), deleted.id())) {
            Refusal.expect(
                    Code.NOT_FOUND,
                    org.aula.api.users.v1.ErrorReason.ERROR_REASON_USER_NOT_FOUND,
                    () -> update(admin, request(id, "short_bio").setShortBio("Gone")));
        }
        assertThat(update(admin, request(user.id(), "short_bio").setShortBio("Mine"))
                        .getShortBio())
                .isEqualTo("Mine");
    }
}
