package org.aula.users.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.users.v1.ListUsersRequest;
import org.aula.api.users.v1.ListUsersResponse;
import org.aula.api.users.v1.User;
import org.aula.api.users.v1.UserOrder;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.kernel.time.Times;
import org.aula.users.People;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListUsersTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users");

    private static final Instant NOON = Instant.parse("2020-05-01T12:00:00Z");

    private static TestUser reader;

    @BeforeAll
    static void reader() {
        reader = platform.user("users:read");
    }

    /// A family name that no other test finds.
    private static String family() {
        return "Q" + UUID.randomUUID().toString().replace("-", "");
    }

    private static UUID add(String firstName, String lastName, Instant createdAt) {
        var id = platform.account();
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO users.users (id, first_name, last_name, created_at) VALUES (?, ?, ?, ?)",
                        id,
                        firstName,
                        lastName,
                        createdAt));
        return id;
    }

    private static ListUsersRequest.Builder named(String text) {
        return ListUsersRequest.newBuilder().setText(text);
    }

    private static ListUsersResponse list(ListUsersRequest.Builder request) {
        return People.as(platform, reader).listUsers(request.build());
    }

    private static List<String> firstNames(ListUsersRequest.Builder request) {
        return list(request).getUsersList().stream().map(User::getFirstName).toList();
    }

    @Test
    void theNewestComeFirstOrTheNamesInTheirOrder() {
        var family = family();
        add("Cora", family, NOON);
        add("ada", family + "x", NOON.plusSeconds(1));
        add("Bea", family, NOON.plusSeconds(2));

        assertThat(firstNames(named(family))).containsExactly("Bea", "ada", "Cora");
        assertThat(firstNames(named(family).setOrderBy(UserOrder.USER_ORDER_NAME)))
                .containsExactly("Bea", "Cora", "ada");
    }

    @Test
    void textIsPartOfTheNamesOrTheBeginningOfAddressOrUserName() {
        var family = family();
        var id = add("Ada", family, NOON);
        var word = UUID.randomUUID().toString().substring(0, 18);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE auth.accounts SET email = ?, username = ? WHERE id = ?",
                        "E" + word + "@test.example",
                        "U" + word,
                        id));

        assertThat(firstNames(named(family.substring(5, 20).toUpperCase(java.util.Locale.ROOT))))
                .containsExactly("Ada");
        assertThat(firstNames(named("ADA " + family))).containsExactly("Ada");
        assertThat(firstNames(named("e" + word))).containsExactly("Ada");
        assertThat(firstNames(named("u" + word.substring(0, 10)))).containsExactly("Ada");
        assertThat(firstNames(named(word))).isEmpty();
        assertThat(firstNames(named(family.substring(0, 10) + "%"))).isEmpty();
        assertThat(firstNames(named(family.substring(0, 10) + "_"))).isEmpty();
    }

    @Test
    void textsTooShortForTheIndexOfNamePartsFindToo() {
        // Nobody else in this database was made in that year.
        var id = add("Zed", "Qx", NOON.minus(Duration.ofDays(2_000)));
        platform.superuser()
                .useHandle(handle -> handle.execute("UPDATE auth.accounts SET username = 'jw' WHERE id = ?", id));
        var before = Times.timestamp(NOON.minus(Duration.ofDays(1_900)));

        for (var text : List.of("q", "QX", "d q", "j", "JW", id.toString().substring(0, 2))) {
            assertThat(firstNames(named(text).setCreatedBefore(before)))
                    .as(text)
                    .containsExactly("Zed");
        }
        for (var text : List.of("w", "%", "_", "qz")) {
            assertThat(firstNames(named(text).setCreatedBefore(before)))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void rolesStatesTimesAndDeletionNarrowTheList() {
        var family = family();
        var teacher = add("Teacher", family, NOON);
        var barred = add("Barred", family, NOON.plusSeconds(1));
        var gone = add("Gone", family, NOON.plusSeconds(2));
        add("Plain", family, NOON.plusSeconds(3));
        platform.superuser().useHandle(handle -> {
            handle.execute("INSERT INTO auth.account_roles (account_id, role) VALUES (?, 'instructor')", teacher);
            handle.execute("UPDATE auth.accounts SET status = 'SUSPENDED' WHERE id = ?", barred);
        });
        People.delete(platform, gone);

        assertThat(firstNames(named(family).setRole("instructor"))).containsExactly("Teacher");
        assertThat(firstNames(named(family).setRole("no-such-role"))).isEmpty();
        assertThat(firstNames(named(family).setAccountStatus("SUSPENDED"))).containsExactly("Barred");
        assertThat(firstNames(named(family).setCreatedFrom(time(1)).setCreatedBefore(time(3))))
                .containsExactly("Barred");
        assertThat(firstNames(named(family))).containsExactly("Plain", "Barred", "Teacher");
        var deleted = list(named(family).setDeleted(true)).getUsersList();
        assertThat(deleted).extracting(User::getFirstName).containsExactly("Gone");
        assertThat(deleted.getFirst().hasDeleteTime()).isTrue();
    }

    private static Timestamp time(int seconds) {
        return Times.timestamp(NOON.plusSeconds(seconds));
    }

    @Test
    void pagesMissNobodyAndShowNobodyTwiceWhileOthersCome() {
        for (var order : List.of(UserOrder.USER_ORDER_NEWEST, UserOrder.USER_ORDER_NAME)) {
            var family = family();
            for (int number = 0; number < 25; number++) {
                // Five at a time are of the same moment and name, so that the id decides.
                add("Name" + number / 5, family, NOON.plusSeconds(number / 5));
            }
            var before = list(named(family).setOrderBy(order).setPageSize(100)).getUsersList();
            var seen = new ArrayList<User>();
            var request = named(family).setOrderBy(order).setPageSize(4);
            do {
                var page = list(request);
                seen.addAll(page.getUsersList());
                request.setPageToken(page.getNextPageToken());
                add("Name0", family, NOON.plusSeconds(60));
                add("Name2", family, NOON.minusSeconds(60));
            } while (!request.getPageToken().isEmpty());

            assertThat(seen).doesNotHaveDuplicates();
            assertThat(seen).containsSubsequence(before);
        }
    }

    @Test
    void eachUserHasATokenOnRequestAndLongNamesHaveOneToo() {
        var family = "\ud83e\udd89".repeat(100);
        var marker = family();
        for (int number = 0; number < 3; number++) {
            add("\ud83e\udd89".repeat(60) + marker + number, family, NOON);
        }
        var request = named(marker).setOrderBy(UserOrder.USER_ORDER_NAME).setWithItemTokens(true);

        var all = list(request);
        var behindFirst = list(request.setPageToken(all.getItemTokens(0)));

        assertThat(all.getItemTokensList()).hasSize(3).allMatch(token -> token.length() <= 1000);
        assertThat(behindFirst.getUsersList())
                .containsExactlyElementsOf(all.getUsersList().subList(1, 3));
        assertThat(list(named(marker)).getItemTokensList()).isEmpty();
    }

    @Test
    void aPageIsOneStatementWithEveryFilter() throws Exception {
        var request = named("anyone")
                .setRole("student")
                .setAccountStatus("ACTIVE")
                .setCreatedFrom(time(0))
                .setCreatedBefore(time(9))
                .setOrderBy(UserOrder.USER_ORDER_NAME);

        assertThat(platform.statements("users", () -> list(request))).isEqualTo(1);
    }

    @Test
    void tokensBelongToTheirListAndBoundsHold() throws Exception {
        var family = family();
        add("Ada", family, NOON);
        add("Bea", family, NOON);
        var token = list(named(family).setPageSize(1)).getNextPageToken();

        for (var request : List.of(
                named(family + "x").setPageToken(token),
                named(family).setDeleted(true).setPageToken(token),
                named(family).setPageToken("forged"))) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID, () -> list(request));
            assertThat(refusal.fields()).containsExactly("page_token");
        }
        var other = platform.user("users:read");
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID,
                () -> People.as(platform, other)
                        .listUsers(named(family).setPageToken(token).build()));
        assertThat(Refusal.of(() -> list(named(family).setPageSize(-1))).fields())
                .containsExactly("page_size");
        assertThat(Refusal.of(() -> list(named(family).setAccountStatus("ASLEEP")))
                        .fields())
                .containsExactly("account_status");
    }

    @Test
    void onlyReadersOfAllUsersSeeTheList() throws Exception {
        var nobody = platform.user("users:write");

        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> People.as(platform, nobody).listUsers(ListUsersRequest.getDefaultInstance()));
    }
}
