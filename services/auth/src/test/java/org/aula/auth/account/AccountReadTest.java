package org.aula.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.BatchGetAccountsRequest;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetAccountRequest;
import org.aula.api.auth.v1.ListAccountsRequest;
import org.aula.api.auth.v1.ListAccountsResponse;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.auth.Visitor;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountReadTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private static LoginResponse admin;

    private final Visitor visitor = Visitor.of(platform);

    @BeforeAll
    static void administer() {
        admin = Visitor.of(platform).administrator();
    }

    private ListAccountsResponse list(ListAccountsRequest request) {
        return visitor.accounts(admin.getTokens()).listAccounts(request);
    }

    private static List<String> ids(ListAccountsResponse page) {
        return page.getAccountsList().stream()
                .map(org.aula.api.auth.v1.Account::getId)
                .toList();
    }

    /// Accounts whose names begin alike, the oldest first; without passwords.
    private static List<String> accounts(String prefix, int count) {
        var ids = new ArrayList<String>();
        for (int number = 0; number < count; number++) {
            var id = platform.account();
            platform.superuser()
                    .useHandle(handle -> handle.createUpdate(
                                    "UPDATE auth.accounts SET email = :prefix || '-' || :id || '@Test.example' WHERE id = :id")
                            .bind("prefix", prefix)
                            .bind("id", id)
                            .execute());
            ids.add(id.toString());
        }
        return ids;
    }

    private static void update(String id, String assignment) {
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("UPDATE auth.accounts SET " + assignment + " WHERE id = ?")
                        .bind(0, UUID.fromString(id))
                        .execute());
    }

    @Test
    void anAdministratorOrTheOwnerReadsAnAccount() throws Exception {
        var person = visitor.newcomer();
        var request = GetAccountRequest.newBuilder()
                .setUserId(person.getAccount().getId())
                .build();

        for (var tokens : List.of(person.getTokens(), admin.getTokens())) {
            assertThat(visitor.accounts(tokens).getAccount(request).getAccount())
                    .isEqualTo(person.getAccount());
        }

        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> visitor.accounts(visitor.newcomer().getTokens()).getAccount(request));
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> visitor.accounts().getAccount(request));
        update(request.getUserId(), "deleted_at = now()");
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND,
                () -> visitor.accounts(admin.getTokens()).getAccount(request));
    }

    @Test
    void manyAccountsComeInTheOrderAskedForAndMissingOnesAreNamed() throws Exception {
        var ids = accounts(Visitor.uniqueName(), 3);
        var missing = UUID.randomUUID().toString();
        update(ids.get(1), "deleted_at = now()");
        var request = BatchGetAccountsRequest.newBuilder()
                .addUserIds(ids.get(2))
                .addUserIds(missing)
                .addUserIds(ids.get(1))
                .addUserIds(ids.get(0))
                .build();

        var response = visitor.accounts(admin.getTokens()).batchGetAccounts(request);

        assertThat(response.getAccountsList())
                .extracting(org.aula.api.auth.v1.Account::getId)
                .containsExactly(ids.get(2), ids.get(0));
        assertThat(response.getMissingIdsList()).containsExactly(missing, ids.get(1));
        assertThat(platform.statements(
                        "auth", () -> visitor.accounts(admin.getTokens()).batchGetAccounts(request)))
                .isEqualTo(1);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> visitor.accounts(visitor.newcomer().getTokens()).batchGetAccounts(request));
    }

    @Test
    void aListGoesFromTheNewestToTheOldestPageByPageThoughOthersRegisterMeanwhile() throws Exception {
        var prefix = Visitor.uniqueName();
        var ids = accounts(prefix, 5);
        var request = ListAccountsRequest.newBuilder()
                .setPrefix(prefix)
                .setPageSize(2)
                .setWithItemTokens(true)
                .build();

        var first = list(request);
        assertThat(accounts(prefix, 1)).hasSize(1);
        var second =
                list(request.toBuilder().setPageToken(first.getNextPageToken()).build());
        var third =
                list(request.toBuilder().setPageToken(second.getItemTokens(1)).build());

        assertThat(ids(first)).containsExactly(ids.get(4), ids.get(3));
        assertThat(ids(second)).containsExactly(ids.get(2), ids.get(1));
        assertThat(ids(third)).containsExactly(ids.get(0));
        assertThat(third.getNextPageToken()).isEmpty();
        assertThat(platform.statements("auth", () -> list(request))).isEqualTo(1);
    }

    @Test
    void aListIsFiltered() throws Exception {
        var prefix = Visitor.uniqueName();
        var ids = accounts(prefix, 4);
        update(ids.get(0), "status = 'SUSPENDED'");
        update(ids.get(1), "username = '" + prefix + "x', email = 'other-" + prefix + "@test.example'");
        update(ids.get(2), "deleted_at = now()");
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("INSERT INTO auth.account_roles VALUES (?, 'tutor')")
                        .bind(0, UUID.fromString(ids.get(3)))
                        .execute());
        var all = ListAccountsRequest.newBuilder()
                .setPrefix(prefix.toUpperCase(java.util.Locale.ROOT))
                .build();

        assertThat(ids(list(all))).containsExactly(ids.get(3), ids.get(1), ids.get(0));
        assertThat(ids(list(all.toBuilder()
                        .setStatus(AccountStatus.ACCOUNT_STATUS_SUSPENDED)
                        .build())))
                .containsExactly(ids.get(0));
        assertThat(ids(list(all.toBuilder().setRole("tutor").build()))).containsExactly(ids.get(3));
        assertThat(ids(list(all.toBuilder().setRole("nobody").build()))).isEmpty();
        assertThat(ids(list(all.toBuilder().setPrefix(prefix + "%").build()))).isEmpty();
        assertThat(ids(list(all.toBuilder().setPrefix("_" + prefix.substring(1)).build())))
                .isEmpty();
    }

    @Test
    void aTokenOfAnotherListOrCallerIsRefused() throws Exception {
        var prefix = Visitor.uniqueName();
        assertThat(accounts(prefix, 2)).hasSize(2);
        var request = ListAccountsRequest.newBuilder()
                .setPrefix(prefix)
                .setPageSize(1)
                .build();
        var token = list(request).getNextPageToken();
        var other = visitor.administrator();
        var invalid = org.aula.api.common.v1.ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID;

        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                invalid,
                () -> list(
                        request.toBuilder().setRole("tutor").setPageToken(token).build()));
        assertThat(refusal.fields()).containsExactly("page_token");
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                invalid,
                () -> visitor.accounts(other.getTokens())
                        .listAccounts(request.toBuilder().setPageToken(token).build()));
    }

    @Test
    void onlyAdministratorsList() throws Exception {
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> visitor.accounts(visitor.newcomer().getTokens())
                        .listAccounts(ListAccountsRequest.getDefaultInstance()));
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> list(ListAccountsRequest.newBuilder()
                        .setPageSize(-1)
                        .setStatusValue(99)
                        .build()));
        assertThat(refusal.fields()).containsExactlyInAnyOrder("page_size", "status");
    }
}
