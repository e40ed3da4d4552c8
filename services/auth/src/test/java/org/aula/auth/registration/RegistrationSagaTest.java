package org.aula.auth.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetRegistrationRequest;
import org.aula.api.auth.v1.GetRegistrationStateRequest;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.auth.v1.RegistrationState;
import org.aula.auth.AtOnce;
import org.aula.auth.Mailbox;
import org.aula.auth.Visitor;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.saga.SagaJob;
import org.aula.kernel.saga.SagaSweep;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegistrationSagaTest {

    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("auth", "users").at(CLOCK).setting("AULA_AUTH_REGISTRATION_WAIT", "PT0S");

    private final Visitor visitor = Visitor.of(platform);
    private final UsersVoice users = new UsersVoice(platform);
    private final Mailbox mailbox = new Mailbox(platform);

    private String begun() {
        return register(Visitor.registration(Visitor.uniqueName()).build());
    }

    private String register(RegisterRequest request) {
        var response = visitor.stub().register(request);
        assertThat(response.getState()).isEqualTo(RegistrationState.REGISTRATION_STATE_PENDING);
        assertThat(response.getRegistrationId()).isEqualTo(response.getAccount().getId());
        return response.getRegistrationId();
    }

    private RegistrationState told(String id) {
        return visitor.stub()
                .getRegistrationState(GetRegistrationStateRequest.newBuilder()
                        .setRegistrationId(id)
                        .build())
                .getState();
    }

    private void awaitTold(String id, RegistrationState state) throws Exception {
        Await.untilHolds(() -> assertThat(told(id)).isEqualTo(state));
    }

    private String kept(String id) {
        return visitor.value(String.class, "SELECT state FROM auth.sagas WHERE id = ?", UUID.fromString(id));
    }

    private int accounts(String id) {
        return visitor.value(Integer.class, "SELECT count(*) FROM auth.accounts WHERE id = ?", UUID.fromString(id));
    }

    /// The service's own job may be at it at the same time.
    private void awaitCancelled(String id, int times) throws Exception {
        Await.untilHolds(() -> assertThat(visitor.events(id).stream().filter("RegistrationCancelled"::equals))
                .hasSize(times));
        assertThat(kept(id)).isEqualTo("COMPENSATING");
    }

    private static void runTimeout() throws Exception {
        platform.inside("auth", () -> {
            platform.bean("auth", SagaJob.class).run();
            return true;
        });
    }

    /// As a delivery of the event would, past the inbox.
    private static boolean apply(java.util.function.Consumer<Registrations> step) throws Exception {
        return platform.inside(
                "auth",
                () -> platform.bean("auth", Database.class).transact(() -> {
                    step.accept(platform.bean("auth", Registrations.class));
                    return true;
                }));
    }

    @Test
    void aRegistrationIsWholeOnceTheUserIsThere() throws Exception {
        var id = begun();
        assertThat(told(id)).isEqualTo(RegistrationState.REGISTRATION_STATE_PENDING);

        users.created(id);

        awaitTold(id, RegistrationState.REGISTRATION_STATE_COMPLETED);
        var registration = AuthServiceGrpc.newBlockingStub(platform.asService("users", "auth"))
                .getRegistration(
                        GetRegistrationRequest.newBuilder().setUserId(id).build());
        assertThat(registration.getFirstName() + registration.getLastName()).isEmpty();
        assertThat(visitor.events(id))
                .containsExactly(
                        "UserRegistered", "AuditRecorded", "RegistrationCompleted", "EmailVerificationRequested");
        assertThat(mailbox.verification(id).getEmail())
                .isEqualTo(registration.getAccount().getEmail());
    }

    @Test
    void anOutcomeThatIsToldAgainChangesNothing() throws Exception {
        var id = begun();
        users.created(id);
        users.created(id);
        users.creationFailed(id);
        var last = begun();
        users.created(last);
        awaitTold(last, RegistrationState.REGISTRATION_STATE_COMPLETED);

        assertThat(told(id)).isEqualTo(RegistrationState.REGISTRATION_STATE_COMPLETED);
        assertThat(accounts(id)).isEqualTo(1);
        assertThat(visitor.events(id)).containsOnlyOnce("RegistrationCompleted", "EmailVerificationRequested");
        assertThat(mailbox.count("email_verification_tokens", id)).isEqualTo(1);
    }

    @Test
    void nothingIsKeptOfAUserThatCouldNotBeMade() throws Exception {
        var request = Visitor.registration(Visitor.uniqueName()).build();
        var id = register(request);
        var session = visitor.login(request.getEmail(), Visitor.PASSWORD).getTokens();

        users.creationFailed(id);

        awaitTold(id, RegistrationState.REGISTRATION_STATE_FAILED);
        assertThat(accounts(id)).isZero();
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_REFRESH_TOKEN_INVALID,
                () -> visitor.refresh(session.getRefreshToken()));
        assertThat(visitor.events(id)).contains("AccessChanged").doesNotContain("RegistrationCompleted");
        Refusal.expect(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_REGISTRATION_FAILED,
                () -> visitor.stub().register(request));
        assertThat(register(request.toBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .build()))
                .isNotEqualTo(id);
    }

    @Test
    void aRegistrationThatTakesTooLongIsTakenBackAtOnceAndUndoneAfterwards() throws Exception {
        var request = Visitor.registration(Visitor.uniqueName()).build();
        var id = register(request);
        var session = visitor.login(request.getEmail(), Visitor.PASSWORD).getTokens();
        CLOCK.advance(Duration.ofMinutes(59));
        runTimeout();
        assertThat(told(id)).isEqualTo(RegistrationState.REGISTRATION_STATE_PENDING);

        CLOCK.advance(Duration.ofMinutes(1));
        runTimeout();

        awaitCancelled(id, 1);
        assertThat(told(id)).isEqualTo(RegistrationState.REGISTRATION_STATE_FAILED);
        assertThat(visitor.events(id)).contains("AccessChanged");
        Refusal.expect(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_REGISTRATION_FAILED,
                () -> visitor.stub().register(request));
        Refusal.expect(
                Code.UNAUTHENTICATED,
                ErrorReason.ERROR_REASON_REFRESH_TOKEN_INVALID,
                () -> visitor.refresh(session.getRefreshToken()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND,
                () -> AuthServiceGrpc.newBlockingStub(platform.asService("users", "auth"))
                        .getRegistration(GetRegistrationRequest.newBuilder()
                                .setUserId(id)
                                .build()));
        assertThat(register(request.toBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .build()))
                .isNotEqualTo(id);

        users.creationFailed(id);

        Await.untilHolds(() -> assertThat(kept(id)).isEqualTo("FAILED"));
        assertThat(accounts(id)).isZero();
    }

    @Test
    void aUserWhoComesTooLateRevivesNothing() throws Exception {
        var id = begun();
        CLOCK.advance(Duration.ofHours(1));
        runTimeout();

        users.created(id);
        users.creationFailed(id);

        Await.untilHolds(() -> assertThat(kept(id)).isEqualTo("FAILED"));
        assertThat(visitor.events(id)).doesNotContain("RegistrationCompleted", "EmailVerificationRequested");
        assertThat(accounts(id)).isZero();
    }

    @Test
    void whatAProcessThatDiedHadClaimedIsFinishedByAnother() throws Exception {
        var id = begun();
        var leaseUntil = CLOCK.instant().plus(Duration.ofMinutes(61));
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE auth.sagas SET due_at = ?, version = version + 1 WHERE id = ?",
                        leaseUntil,
                        UUID.fromString(id)));
        CLOCK.advance(Duration.ofHours(1));

        runTimeout();
        assertThat(kept(id)).isEqualTo("RUNNING");
        CLOCK.advance(Duration.ofMinutes(1));
        runTimeout();

        awaitCancelled(id, 1);
    }

    @Test
    void aUsersServiceThatDoesNotAnswerIsToldAgain() throws Exception {
        var id = begun();
        CLOCK.advance(Duration.ofHours(1));
        runTimeout();
        runTimeout();
        awaitCancelled(id, 1);

        CLOCK.advance(Duration.ofHours(1));
        runTimeout();

        awaitCancelled(id, 2);
    }

    @Test
    void anAccountThatOthersReferToIsLeftWithoutAnythingOfThePerson() throws Exception {
        var request = Visitor.registration(Visitor.uniqueName()).build();
        var id = register(request);
        platform.superuser()
                .useHandle(handle ->
                        handle.createUpdate("""
                        INSERT INTO courses.courses (id, instructor_id, title, slug)
                        VALUES (:id, :id, 'Chess', CAST(:id AS text))
                        """).bind("id", UUID.fromString(id)).execute());

        users.creationFailed(id);

        awaitTold(id, RegistrationState.REGISTRATION_STATE_FAILED);
        var row = platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT * FROM auth.accounts WHERE id = ?")
                        .bind(0, UUID.fromString(id))
                        .mapToMap()
                        .one());
        assertThat(row.get("deleted_at")).isNotNull();
        assertThat(row.toString()).doesNotContain(request.getUsername()).doesNotContain("argon2");
        for (var table : tablesOfAccounts()) {
            assertThat(visitor.value(
                            Integer.class,
                            "SELECT count(*) FROM auth." + table + " WHERE account_id = ?",
                            UUID.fromString(id)))
                    .as(table)
                    .isZero();
        }
    }

    /// Whatever hangs on an account, also what comes to be one day.
    private static List<String> tablesOfAccounts() {
        return platform.superuser()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT table_name FROM information_schema.columns
                        WHERE table_schema = 'auth' AND column_name = 'account_id'
                        """).mapTo(String.class).list());
    }

    @Test
    void ofAnOutcomeAndATimeOutThatComeAtOnceOneCounts() throws Exception {
        for (int round = 0; round < 10; round++) {
            var id = begun();
            var accountId = UUID.fromString(id);
            CLOCK.advance(Duration.ofHours(1));

            var outcomes = AtOnce.outcomes(
                    List.<Callable<?>>of(() -> apply(registrations -> registrations.complete(accountId)), () -> {
                        runTimeout();
                        return true;
                    }));

            assertThat(outcomes).containsExactly("OK", "OK");
            if (kept(id).equals("COMPENSATING")) {
                awaitCancelled(id, 1);
            }
            var living = visitor.value(
                    Integer.class, "SELECT count(*) FROM auth.accounts WHERE id = ? AND deleted_at IS NULL", accountId);
            if (kept(id).equals("COMPLETED")) {
                assertThat(living).isEqualTo(1);
                assertThat(visitor.events(id))
                        .contains("EmailVerificationRequested")
                        .doesNotContain("RegistrationCancelled");
            } else {
                assertThat(living).isZero();
                assertThat(visitor.events(id))
                        .contains("RegistrationCancelled")
                        .doesNotContain("EmailVerificationRequested");
            }
        }
    }

    @Test
    void aRegistrationIsForgottenAfterThirtyDays() throws Exception {
        var id = begun();
        users.created(id);
        awaitTold(id, RegistrationState.REGISTRATION_STATE_COMPLETED);
        CLOCK.advance(Duration.ofDays(31));

        platform.inside("auth", () -> {
            platform.bean("auth", SagaSweep.class).run();
            return true;
        });

        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_REGISTRATION_NOT_FOUND, () -> told(id));
        assertThat(accounts(id)).isEqualTo(1);
    }

    @Test
    void aRegistrationThatNeverWasIsNotFound() throws Exception {
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_REGISTRATION_NOT_FOUND,
                () -> told(UUID.randomUUID().toString()));
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> told("no-uuid"));
        assertThat(refusal.fields()).containsExactly("registration_id");
    }
}
