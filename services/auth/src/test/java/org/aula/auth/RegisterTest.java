package org.aula.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetRegistrationRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegisterTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private final Visitor visitor = Visitor.of(platform);

    private Account register(RegisterRequest request) {
        return visitor.stub().register(request).getAccount();
    }

    @Test
    void aVisitorBecomesAStudentWhoseAddressIsNotVerified() {
        var name = Visitor.uniqueName();

        var account = register(Visitor.registration(name).build());

        assertThat(account.getEmail()).isEqualTo(name + "@Test.example");
        assertThat(account.getUsername()).isEqualTo(name);
        assertThat(account.getStatus()).isEqualTo(AccountStatus.ACCOUNT_STATUS_PENDING_VERIFICATION);
        assertThat(account.getRolesList()).containsExactly("student");
        assertThat(account.getPermissionsList()).isEmpty();
        assertThat(account.hasLastLoginTime()).isFalse();
        assertThat(UUID.fromString(account.getId()).version()).isEqualTo(7);
        assertThat(events(account.getId()))
                .containsExactly("aula.auth.v1.UserRegistered", "aula.common.v1.AuditRecorded");
    }

    @Test
    void thePasswordIsKeptAsArgon2idOnly() {
        var request = Visitor.registration(Visitor.uniqueName()).build();

        var account = register(request);

        var hash = visitor.value(
                String.class, "SELECT password_hash FROM auth.accounts WHERE id = ?", UUID.fromString(account.getId()));
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void theSameRequestGivesTheSameAnswerAndNoSecondAccount() {
        var request = Visitor.registration(Visitor.uniqueName()).build();

        assertThat(register(request)).isEqualTo(register(request));
    }

    @Test
    void theSameRequestIdWithOtherContentsIsRefused() throws Exception {
        var request = Visitor.registration(Visitor.uniqueName()).build();
        var account = register(request);
        assertThat(account.getId()).isNotEmpty();

        for (var other : List.of(
                request.toBuilder().setFirstName("Grace").build(),
                request.toBuilder().setPassword("another password").build())) {
            Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                    () -> register(other));
        }
    }

    @Test
    void nothingThatIsKeptForRepetitionsHoldsThePassword() throws Exception {
        var request = Visitor.registration(Visitor.uniqueName()).build();
        var account = register(request);
        assertThat(account.getId()).isNotEmpty();

        var plain = java.security.MessageDigest.getInstance("SHA-256")
                .digest(request.toBuilder().clearRequestId().build().toByteArray());
        var kept = visitor.value(
                byte[].class,
                "SELECT request_hash FROM auth.idempotency_keys WHERE request_id = ?",
                UUID.fromString(request.getRequestId()));
        assertThat(kept).isNotEqualTo(plain);
    }

    @Test
    void namesAreUniqueWithoutRegardToCase() throws Exception {
        var name = Visitor.uniqueName();
        assertThat(register(Visitor.registration(name).build()).getId()).isNotEmpty();

        Refusal.expect(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_USERNAME_TAKEN,
                () -> register(Visitor.registration(Visitor.uniqueName())
                        .setUsername(name)
                        .build()));
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE auth.accounts SET username = ? WHERE username = ?", "N" + name, name));
        Refusal.expect(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_USERNAME_TAKEN,
                () -> register(Visitor.registration(Visitor.uniqueName())
                        .setUsername("n" + name)
                        .build()));
    }

    @Test
    void peopleWithoutUserNameDoNotCollide() {
        for (var name : List.of(Visitor.uniqueName(), Visitor.uniqueName())) {
            var account = register(Visitor.registration(name).clearUsername().build());
            assertThat(account.getUsername()).isEmpty();
        }
    }

    @Test
    void aDeletedAccountGivesItsAddressFree() {
        var name = Visitor.uniqueName();
        var first = register(Visitor.registration(name).build());
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?")
                        .bind(0, UUID.fromString(first.getId()))
                        .execute());

        var second = register(Visitor.registration(name).build());

        assertThat(second.getId()).isNotEqualTo(first.getId());
    }

    @Test
    void aRequestThatComesManyTimesAtOnceMakesOneAccount() throws Exception {
        var request = Visitor.registration(Visitor.uniqueName()).build();

        var outcomes = atOnce(8, () -> register(request));

        assertThat(outcomes).contains("OK");
        assertThat(outcomes)
                .allMatch(outcome -> List.of("OK", "REQUEST_IN_PROGRESS").contains(outcome));
        assertThat(visitor.value(
                        Integer.class,
                        "SELECT count(*) FROM auth.accounts WHERE email = CAST(? AS public.citext)",
                        request.getEmail()))
                .isEqualTo(1);
    }

    @Test
    void everyBrokenFieldIsNamedAtOnce() throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> register(RegisterRequest.newBuilder()
                        .setRequestId("no-uuid")
                        .setEmail("nobody")
                        .setPassword("short")
                        .setUsername("7up")
                        .setLanguageCode("Klingon!")
                        .setTimeZone("No Where")
                        .build()));

        assertThat(refusal.fields())
                .containsExactlyInAnyOrder(
                        "request_id",
                        "email",
                        "password",
                        "username",
                        "first_name",
                        "last_name",
                        "language_code",
                        "time_zone");
    }

    /// Whatever their case or form, and counted as they are kept.
    @Test
    void passwordsThatAreGuessedFirstAreRefused() throws Exception {
        for (var password :
                List.of("passwordpassword", "PasswordPassword", "\uFF50asswordpassword", "qwertyuiopasdfghjkl")) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    ErrorReason.ERROR_REASON_PASSWORD_COMMON,
                    () -> register(Visitor.registration(Visitor.uniqueName())
                            .setPassword(password)
                            .build()));
            assertThat(refusal.fields()).containsExactly("password");
        }
        for (var shortOne : List.of("fourteen chars", "e\u0301".repeat(8))) {
            Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    () -> register(Visitor.registration(Visitor.uniqueName())
                            .setPassword(shortOne)
                            .build()));
        }
        for (var good : List.of(
                "fifteen letters",
                "\u043F\u044F\u0442\u044C \u0441\u043B\u043E\u0432 \u043F\u043E\u0434\u0440\u044F\u0434")) {
            assertThat(register(Visitor.registration(Visitor.uniqueName())
                                    .setPassword(good)
                                    .build())
                            .getId())
                    .isNotEmpty();
        }
    }

    @Test
    void aTimeZoneThatDoesNotExistIsRefused() throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> register(Visitor.registration(Visitor.uniqueName())
                        .setTimeZone("Europe/Atlantis")
                        .build()));

        assertThat(refusal.fields()).containsExactly("time_zone");
    }

    @Test
    void theUsersServiceIsToldWhatTheVisitorSaid() throws Exception {
        var account = register(Visitor.registration(Visitor.uniqueName()).build());
        var users = AuthServiceGrpc.newBlockingStub(platform.asService("users", "auth"));

        var registration = users.getRegistration(
                GetRegistrationRequest.newBuilder().setUserId(account.getId()).build());

        assertThat(registration.getAccount()).isEqualTo(account);
        assertThat(registration.getFirstName()).isEqualTo("Ada");
        assertThat(registration.getLastName()).isEqualTo("Lovelace");
        assertThat(registration.getLanguageCode()).isEqualTo("pt-BR");
        assertThat(registration.getTimeZone()).isEqualTo("Europe/Lisbon");
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND,
                () -> users.getRegistration(GetRegistrationRequest.newBuilder()
                        .setUserId(UUID.randomUUID().toString())
                        .build()));
    }

    @Test
    void nobodyElseIsToldWhatAVisitorSaid() throws Exception {
        var account = register(Visitor.registration(Visitor.uniqueName()).build());
        var request =
                GetRegistrationRequest.newBuilder().setUserId(account.getId()).build();
        var own = visitor.newcomer().getTokens();

        for (var channel :
                List.of(platform.asService("courses", "auth"), platform.withToken("auth", own.getAccessToken()))) {
            Refusal.expect(
                    Code.PERMISSION_DENIED,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                    () -> AuthServiceGrpc.newBlockingStub(channel).getRegistration(request));
        }
        Refusal.expect(
                Code.UNAUTHENTICATED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_TOKEN_MISSING,
                () -> visitor.stub().getRegistration(request));
    }

    private static List<String> events(String accountId) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT type FROM auth.outbox WHERE key = ?")
                        .bind(0, accountId)
                        .mapTo(String.class)
                        .list());
    }

    private static List<String> atOnce(int times, Callable<Account> call) throws Exception {
        var outcomes = new ArrayList<String>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = java.util.Collections.nCopies(times, (Callable<String>) () -> outcome(call));
            for (var task : executor.invokeAll(tasks)) {
                outcomes.add(task.get());
            }
        }
        return outcomes;
    }

    private static String outcome(Callable<Account> call) throws Exception {
        try {
            return call.call().getId().isEmpty() ? "empty" : "OK";
        } catch (StatusRuntimeException refused) {
            return Refusal.of(() -> {
                        throw refused;
                    })
                    .reason();
        }
    }
}
