package org.aula.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.google.common.io.BaseEncoding;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.crypto.spec.SecretKeySpec;
import org.aula.api.auth.v1.BeginTotpRequest;
import org.aula.api.auth.v1.CompleteLoginRequest;
import org.aula.api.auth.v1.CompleteLoginResponse;
import org.aula.api.auth.v1.ConfirmTotpRequest;
import org.aula.api.auth.v1.DisableTotpRequest;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetSecondFactorRequest;
import org.aula.api.auth.v1.GetSecondFactorResponse;
import org.aula.api.auth.v1.RegenerateRecoveryCodesRequest;
import org.aula.api.auth.v1.RemoveSecondFactorRequest;
import org.aula.api.auth.v1.RevokeAllSessionsRequest;
import org.aula.api.auth.v1.SecondFactorDisabled;
import org.aula.api.auth.v1.SecondFactorEnabled;
import org.aula.api.auth.v1.SecondFactorServiceGrpc;
import org.aula.api.auth.v1.SecondFactorServiceGrpc.SecondFactorServiceBlockingStub;
import org.aula.api.auth.v1.SessionServiceGrpc;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecondFactorTest {

    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth").at(CLOCK);

    /// Somebody with an authenticator app.
    private record Protected(Person person, byte[] secret, List<String> recoveryCodes) {

        String code() throws Exception {
            return SecondFactorTest.code(secret);
        }
    }

    private static String code(byte[] secret) throws Exception {
        return new TimeBasedOneTimePasswordGenerator()
                .generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"), CLOCK.instant());
    }

    private static SecondFactorServiceBlockingStub factors(Person person) {
        return SecondFactorServiceGrpc.newBlockingStub(person.channel());
    }

    private static byte[] begin(Person person) {
        var begun = factors(person)
                .beginTotp(BeginTotpRequest.newBuilder()
                        .setPassword(Visitor.PASSWORD)
                        .build());
        return BaseEncoding.base32().decode(begun.getSecret());
    }

    private static List<String> confirm(Person person, String code) {
        return factors(person)
                .confirmTotp(ConfirmTotpRequest.newBuilder().setCode(code).build())
                .getRecoveryCodesList();
    }

    private static Protected protectedPerson() throws Exception {
        var person = Person.of(platform);
        var secret = begin(person);
        var codes = confirm(person, code(secret));
        CLOCK.advance(Duration.ofSeconds(30));
        return new Protected(person, secret, codes);
    }

    private static String challenge(Person person) {
        var answer = person.visitor().login(person.name(), Visitor.PASSWORD);
        assertThat(answer.hasTokens() || answer.hasAccount()).isFalse();
        return answer.getChallenge().getChallengeToken();
    }

    private static CompleteLoginResponse complete(Person person, String challenge, String code) {
        return person.visitor()
                .stub()
                .completeLogin(CompleteLoginRequest.newBuilder()
                        .setChallengeToken(challenge)
                        .setCode(code)
                        .build());
    }

    private static void expectWrong(Person person, String challenge, String code) throws Exception {
        Refusal.expect(
                Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_CODE_INVALID, () -> complete(person, challenge, code));
    }

    private static GetSecondFactorResponse state(Person asker, String userId) {
        return factors(asker)
                .getSecondFactor(
                        GetSecondFactorRequest.newBuilder().setUserId(userId).build());
    }

    /// A code that is wrong now and around now.
    private static String wrong(byte[] secret) throws Exception {
        return code(secret).startsWith("1") ? "222222" : "111111";
    }

    @BeforeEach
    void anotherStep() {
        CLOCK.advance(Duration.ofSeconds(60));
    }

    @Test
    void itCountsOnlyAfterAFirstCode() throws Exception {
        var person = Person.of(platform);
        assertThat(state(person, person.id()).getActive()).isFalse();
        var begun = factors(person)
                .beginTotp(BeginTotpRequest.newBuilder()
                        .setPassword(Visitor.PASSWORD)
                        .build());
        assertThat(begun.getSecret()).hasSize(32);
        assertThat(begun.getOtpauthUri())
                .startsWith("otpauth://totp/Aula:" + person.name() + "%40")
                .contains("secret=" + begun.getSecret());
        assertThat(person.elsewhere().tokens().getAccessToken()).isNotEmpty();
        var secret = BaseEncoding.base32().decode(begun.getSecret());

        Refusal.expect(
                Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_CODE_INVALID, () -> confirm(person, wrong(secret)));
        var codes = confirm(person, code(secret));

        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        var state = state(person, person.id());
        assertThat(state.getActive()).isTrue();
        assertThat(state.getActiveTime().getSeconds()).isEqualTo(CLOCK.instant().getEpochSecond());
        assertThat(state.getRecoveryCodesLeft()).isEqualTo(10);
        assertThat(Person.published(platform, person.id(), SecondFactorEnabled.class))
                .hasSize(1);
        assertThat(Person.audited(platform, person.id())).containsOnlyOnce("second_factor.enable");
    }

    @Test
    void signingInAsksForACodeOfTheAppOnce() throws Exception {
        var someone = protectedPerson();
        var challenge = challenge(someone.person());

        var answer = complete(someone.person(), challenge, someone.code());

        assertThat(answer.getAccount().getId()).isEqualTo(someone.person().id());
        assertThat(answer.getAccount().hasLastLoginTime()).isTrue();
        var signedIn = someone.person().with(answer.getTokens());
        assertThat(state(signedIn, signedIn.id()).getActive()).isTrue();
        assertThat(signedIn.refreshed().session()).isEqualTo(signedIn.session());
        expectWrong(someone.person(), challenge, someone.code());
        // Neither the code nor one of an earlier step serves for another sign-in.
        expectWrong(someone.person(), challenge(someone.person()), someone.code());
    }

    @Test
    void aCodeThatComesAtOnceForManySignInsOpensOne() throws Exception {
        var someone = protectedPerson();
        var challenges = List.of(challenge(someone.person()), challenge(someone.person()), challenge(someone.person()));
        var code = someone.code();

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = executor
                    .invokeAll(challenges.stream()
                            .map(challenge -> (Callable<String>)
                                    () -> Person.outcome(() -> complete(someone.person(), challenge, code)))
                            .toList())
                    .stream()
                    .map(task -> task.resultNow())
                    .toList();

            assertThat(outcomes).containsExactlyInAnyOrder("OK", "CODE_INVALID", "CODE_INVALID");
        }
    }

    @Test
    void aRecoveryCodeServesOnceHoweverItIsWritten() throws Exception {
        var someone = protectedPerson();
        var code = someone.recoveryCodes().get(3);

        var answer = complete(
                someone.person(),
                challenge(someone.person()),
                code.toLowerCase(Locale.ROOT).replace('-', ' '));

        var signedIn = someone.person().with(answer.getTokens());
        assertThat(state(signedIn, signedIn.id()).getRecoveryCodesLeft()).isEqualTo(9);
        expectWrong(someone.person(), challenge(someone.person()), code);
    }

    @Test
    void fiveWrongCodesEndTheQuestionAndTenLimitTheAccount() throws Exception {
        var someone = protectedPerson();
        var person = someone.person();
        for (int round = 0; round < 2; round++) {
            var challenge = challenge(person);
            for (int failures = 0; failures < 5; failures++) {
                expectWrong(person, challenge, wrong(someone.secret()));
            }
            if (round == 0) {
                expectWrong(person, challenge, someone.code());
            }
        }

        // The right password did not make the account forget its wrong codes.
        var refusal = Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_LOGIN_LIMITED,
                () -> person.visitor().login(person.name(), Visitor.PASSWORD));
        assertThat(refusal.hasRetryInfo()).isTrue();
    }

    @Test
    void answersThatComeAtOnceAreCountedOneAfterTheOther() throws Exception {
        var someone = protectedPerson();
        var challenge = challenge(someone.person());
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = java.util.Collections.nCopies(20, (Callable<String>)
                    () -> Person.outcome(() -> complete(someone.person(), challenge, wrong(someone.secret()))));
            for (var task : executor.invokeAll(tasks)) {
                assertThat(task.get()).isEqualTo("CODE_INVALID");
            }
        }

        assertThat(someone.person()
                        .visitor()
                        .value(
                                Integer.class,
                                "SELECT failures FROM auth.login_challenges WHERE account_id = ?",
                                someone.person().uuid()))
                .isEqualTo(5);
    }

    @Test
    void theQuestionEndsAfterFiveMinutes() throws Exception {
        var someone = protectedPerson();
        var challenge = challenge(someone.person());
        CLOCK.advance(Duration.ofMinutes(5));

        expectWrong(someone.person(), challenge, someone.code());
        expectWrong(someone.person(), "x".repeat(43), someone.code());
    }

    @Test
    void whoeverWasBarredMeanwhileIsToldSo() throws Exception {
        var someone = protectedPerson();
        var challenge = challenge(someone.person());
        update("UPDATE auth.accounts SET status = 'SUSPENDED' WHERE id = ?", someone.person());

        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_ACTIVE,
                () -> complete(someone.person(), challenge, someone.code()));
        Refusal.expect(
                Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ACCOUNT_NOT_ACTIVE, () -> challenge(someone.person()));
        update("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?", someone.person());
        expectWrong(someone.person(), challenge, someone.code());
    }

    @Test
    void endingAllSessionsAlsoEndsWhatWaitsForACode() throws Exception {
        var someone = protectedPerson();
        var challenge = challenge(someone.person());

        var ended = SessionServiceGrpc.newBlockingStub(someone.person().channel())
                .revokeAllSessions(RevokeAllSessionsRequest.newBuilder()
                        .setUserId(someone.person().id())
                        .setKeepCurrent(true)
                        .build());

        assertThat(ended.getRevokedCount()).isPositive();
        expectWrong(someone.person(), challenge, someone.code());
    }

    @Test
    void oldQuestionsGoWhenThereAreTooMany() throws Exception {
        var someone = protectedPerson();
        var first = challenge(someone.person());
        for (int more = 0; more < 10; more++) {
            CLOCK.advance(Duration.ofMillis(1));
            assertThat(challenge(someone.person())).isNotEmpty();
        }

        expectWrong(someone.person(), first, someone.code());
        assertThat(someone.person()
                        .visitor()
                        .value(
                                Integer.class,
                                "SELECT count(*) FROM auth.login_challenges WHERE account_id = ?",
                                someone.person().uuid()))
                .isEqualTo(10);
    }

    @Test
    void changingItWantsThePasswordAndCountsWrongOnes() throws Exception {
        var someone = protectedPerson();
        var stub = factors(someone.person());
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                () -> stub.disableTotp(
                        DisableTotpRequest.newBuilder().setPassword("wrong").build()));
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                () -> stub.regenerateRecoveryCodes(RegenerateRecoveryCodesRequest.newBuilder()
                        .setPassword("wrong")
                        .build()));
        for (int failures = 0; failures < 8; failures++) {
            Refusal.expect(
                    Code.UNAUTHENTICATED,
                    ErrorReason.ERROR_REASON_CREDENTIALS_INVALID,
                    () -> stub.beginTotp(
                            BeginTotpRequest.newBuilder().setPassword("wrong").build()));
        }

        Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_LOGIN_LIMITED,
                () -> stub.disableTotp(DisableTotpRequest.newBuilder()
                        .setPassword(Visitor.PASSWORD)
                        .build()));
        Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_LOGIN_LIMITED,
                () -> someone.person().visitor().login(someone.person().name(), Visitor.PASSWORD));
    }

    @Test
    void newRecoveryCodesVoidTheOldOnes() throws Exception {
        var someone = protectedPerson();

        var codes = factors(someone.person())
                .regenerateRecoveryCodes(RegenerateRecoveryCodesRequest.newBuilder()
                        .setPassword(Visitor.PASSWORD)
                        .build())
                .getRecoveryCodesList();

        assertThat(codes).hasSize(10).doesNotContainAnyElementsOf(someone.recoveryCodes());
        var challenge = challenge(someone.person());
        expectWrong(someone.person(), challenge, someone.recoveryCodes().getFirst());
        assertThat(complete(someone.person(), challenge, codes.getFirst()).hasTokens())
                .isTrue();
        assertThat(Person.audited(platform, someone.person().id())).contains("second_factor.regenerate_codes");
    }

    @Test
    void switchedOffNothingIsAskedForAnyMore() throws Exception {
        var someone = protectedPerson();
        var challenge = challenge(someone.person());
        var off = DisableTotpRequest.newBuilder().setPassword(Visitor.PASSWORD).build();

        assertThat(factors(someone.person()).disableTotp(off).getSerializedSize())
                .isZero();

        assertThat(someone.person().elsewhere().tokens().getAccessToken()).isNotEmpty();
        expectWrong(someone.person(), challenge, someone.code());
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_SECOND_FACTOR_INACTIVE,
                () -> factors(someone.person()).disableTotp(off));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_SECOND_FACTOR_INACTIVE,
                () -> factors(someone.person())
                        .regenerateRecoveryCodes(RegenerateRecoveryCodesRequest.newBuilder()
                                .setPassword(Visitor.PASSWORD)
                                .build()));
        assertThat(Person.published(platform, someone.person().id(), SecondFactorDisabled.class))
                .hasSize(1);
        assertThat(Person.audited(platform, someone.person().id())).contains("second_factor.disable");
    }

    @Test
    void itIsBegunOnceAndConfirmedOnce() throws Exception {
        var person = Person.of(platform);
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_SECOND_FACTOR_NOT_BEGUN,
                () -> confirm(person, "123456"));
        var first = begin(person);
        var second = begin(person);
        assertThat(second).isNotEqualTo(first);
        Refusal.expect(Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_CODE_INVALID, () -> confirm(person, code(first)));

        assertThat(confirm(person, code(second))).hasSize(10);

        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_SECOND_FACTOR_ACTIVE,
                () -> confirm(person, code(second)));
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_SECOND_FACTOR_ACTIVE, () -> begin(person));
    }

    @Test
    void anAdministratorTakesItOffWhoeverLostItAndEndsTheSessions() throws Exception {
        var someone = protectedPerson();
        var admin = Person.of(platform, "accounts:write");
        var request = RemoveSecondFactorRequest.newBuilder()
                .setUserId(someone.person().id())
                .build();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> factors(someone.person()).removeSecondFactor(request));

        for (int times = 0; times < 2; times++) {
            assertThat(factors(admin).removeSecondFactor(request).getSerializedSize())
                    .isZero();
        }

        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_REFRESH_TOKEN_INVALID,
                () -> someone.person().refreshed());
        assertThat(someone.person().elsewhere().tokens().getAccessToken()).isNotEmpty();
        assertThat(Person.audited(platform, someone.person().id())).containsOnlyOnce("second_factor.remove");
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND,
                () -> factors(admin)
                        .removeSecondFactor(RemoveSecondFactorRequest.newBuilder()
                                .setUserId(UUID.randomUUID().toString())
                                .build()));
    }

    @Test
    void whetherSomebodyHasItIsToldToThemAndToWhoMayReadAccounts() throws Exception {
        var someone = protectedPerson();
        var stranger = Person.of(platform);
        var reader = Person.of(platform, "accounts:read");

        assertThat(state(reader, someone.person().id()).getActive()).isTrue();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> state(stranger, someone.person().id()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND,
                () -> state(reader, UUID.randomUUID().toString()));
    }

    @Test
    void nothingOfItLiesInClear() throws Exception {
        var someone = protectedPerson();
        var challenge = challenge(someone.person());

        var rows = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT encode(sealed_secret, 'hex') FROM auth.second_factors WHERE account_id = :id
                        UNION ALL
                        SELECT encode(code_hash, 'hex') FROM auth.recovery_codes WHERE account_id = :id
                        UNION ALL
                        SELECT encode(token_hash, 'hex') FROM auth.login_challenges WHERE account_id = :id
                        """)
                        .bind("id", someone.person().uuid())
                        .mapTo(String.class)
                        .list());
        assertThat(rows).hasSize(12);
        var hex = BaseEncoding.base16().lowerCase();
        var utf8 = java.nio.charset.StandardCharsets.UTF_8;
        assertThat(String.join("\n", rows))
                .doesNotContain(hex.encode(someone.secret()))
                .doesNotContain(hex.encode(challenge.getBytes(utf8)))
                .doesNotContain(hex.encode(someone.recoveryCodes().getFirst().getBytes(utf8)));
    }

    private static void update(String sql, Person person) {
        platform.superuser().useHandle(handle -> handle.execute(sql, person.uuid()));
    }
}
