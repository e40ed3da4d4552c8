package org.aula.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import com.nimbusds.jwt.JWTClaimsSet;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.aula.api.auth.v1.AccessChanged;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.ListSessionsRequest;
import org.aula.api.auth.v1.LogoutRequest;
import org.aula.api.auth.v1.RevokeAllSessionsRequest;
import org.aula.api.auth.v1.RevokeSessionRequest;
import org.aula.api.auth.v1.Session;
import org.aula.api.auth.v1.SessionServiceGrpc;
import org.aula.auth.session.SessionEnding;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsTest {

    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth").at(CLOCK);

    private static List<Session> sessions(Person person) {
        return sessions(person, person.id());
    }

    private static List<Session> sessions(Person person, String userId) {
        return SessionServiceGrpc.newBlockingStub(person.channel())
                .listSessions(ListSessionsRequest.newBuilder().setUserId(userId).build())
                .getSessionsList();
    }

    private static Object revoke(Person person, String session) {
        return SessionServiceGrpc.newBlockingStub(person.channel())
                .revokeSession(
                        RevokeSessionRequest.newBuilder().setSessionId(session).build());
    }

    private static int revokeAll(Person person, String userId, boolean keepCurrent) {
        return SessionServiceGrpc.newBlockingStub(person.channel())
                .revokeAllSessions(RevokeAllSessionsRequest.newBuilder()
                        .setUserId(userId)
                        .setKeepCurrent(keepCurrent)
                        .build())
                .getRevokedCount();
    }

    private static Object me(Person person) {
        return AuthServiceGrpc.newBlockingStub(person.channel()).getMe(GetMeRequest.getDefaultInstance());
    }

    private static void expectStale(Person person) throws Exception {
        Await.untilHolds(() -> {
            var refusal = Refusal.of(() -> me(person));
            assertThat(refusal.code() + " " + refusal.reason()).isEqualTo("UNAUTHENTICATED TOKEN_STALE");
        });
    }

    private static void expectOver(Person person) throws Exception {
        Refusal.expect(Code.UNAUTHENTICATED, ErrorReason.ERROR_REASON_REFRESH_TOKEN_INVALID, () -> person.refreshed());
        expectStale(person);
    }

    @Test
    void aPersonSeesTheDevicesThatAreSignedInTheLastUsedFirst() {
        var first = Person.of(platform);
        var began = CLOCK.instant();
        CLOCK.advance(Duration.ofMinutes(3));
        var second = first.elsewhere();
        CLOCK.advance(Duration.ofMinutes(3));
        var again = first.refreshed();

        var sessions = sessions(again);

        assertThat(sessions).extracting(Session::getId).startsWith(first.session(), second.session());
        var current = sessions.getFirst();
        assertThat(current.getCurrent()).isTrue();
        assertThat(current.getUserId()).isEqualTo(first.id());
        assertThat(current.getDeviceName()).isEqualTo("Laptop");
        assertThat(current.getIpAddress()).isEqualTo(first.visitor().address());
        assertThat(current.getUserAgent()).isEqualTo("Firefox/150");
        assertThat(current.getCreateTime().getSeconds()).isEqualTo(began.getEpochSecond());
        assertThat(current.getLastRefreshTime().getSeconds())
                .isEqualTo(CLOCK.instant().getEpochSecond());
        assertThat(current.getExpireTime().getSeconds())
                .isEqualTo(CLOCK.instant().plus(Duration.ofDays(30)).getEpochSecond());
        assertThat(sessions.get(1).getCurrent()).isFalse();
    }

    @Test
    void othersSessionsAreNobodysBusinessButOfWhoMayReadAccounts() throws Exception {
        var owner = Person.of(platform);
        var stranger = Person.of(platform);
        var reader = Person.of(platform, "accounts:read");

        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> sessions(stranger, owner.id()));
        assertThat(sessions(reader, owner.id()))
                .extracting(Session::getId)
                .contains(owner.session())
                .doesNotContain(reader.session());
    }

    @Test
    void anEndedSessionIsOverAtOnceAndEndingItAgainIsFine() throws Exception {
        var here = Person.of(platform);
        var there = here.elsewhere();

        revoke(here, there.session());
        revoke(here, there.session());

        expectOver(there);
        assertThat(me(here)).isNotNull();
        assertThat(sessions(here)).extracting(Session::getId).doesNotContain(there.session());
        assertThat(Person.audited(platform, there.session())).containsExactly("session.revoke");
        assertThat(Person.published(platform, here.id(), AccessChanged.class))
                .extracting(AccessChanged::getSessionId)
                .containsExactly(there.session());
    }

    @Test
    void somebodyElsesSessionDoesNotExistExceptForWhoMayWriteAccounts() throws Exception {
        var owner = Person.of(platform);
        var stranger = Person.of(platform);
        for (var session : List.of(owner.session(), UUID.randomUUID().toString())) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_SESSION_NOT_FOUND, () -> revoke(stranger, session));
        }
        assertThat(me(owner)).isNotNull();

        revoke(Person.of(platform, "accounts:write"), owner.session());

        expectOver(owner);
    }

    @Test
    void allSessionsEndOrAllButTheOneThatAsks() throws Exception {
        var one = Person.of(platform);
        var two = one.elsewhere();
        var three = one.elsewhere();
        var before = sessions(one).size();

        assertThat(revokeAll(one, one.id(), true)).isEqualTo(before - 1);

        expectOver(two);
        expectOver(three);
        assertThat(sessions(one)).extracting(Session::getId).containsExactly(one.session());
        assertThat(revokeAll(one, one.id(), true)).isZero();
        assertThat(revokeAll(one, one.id(), false)).isEqualTo(1);
        expectOver(one);
        assertThat(Person.audited(platform, one.id()))
                .filteredOn("session.revoke_all"::equals)
                .hasSize(3);
    }

    @Test
    void allSessionsOfSomebodyElseEndOnlyForWhoMayWriteAccounts() throws Exception {
        var owner = Person.of(platform);
        var stranger = Person.of(platform);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> revokeAll(stranger, owner.id(), false));

        // The session that asks is not one of these, so none is kept.
        assertThat(revokeAll(Person.of(platform, "accounts:write"), owner.id(), true))
                .isPositive();

        expectOver(owner);
    }

    @Test
    void signingOutRefusesTheAccessTokenToo() throws Exception {
        var person = Person.of(platform);

        var answer = AuthServiceGrpc.newBlockingStub(person.channel())
                .logout(LogoutRequest.newBuilder()
                        .setRefreshToken(person.tokens().getRefreshToken())
                        .build());

        assertThat(answer.getSerializedSize()).isZero();
        expectOver(person);
    }

    @Test
    void theHundredAndFirstSessionEndsTheOneThatWasNotUsedForTheLongestTime() throws Exception {
        var oldest = Person.of(platform);
        revokeAll(oldest, oldest.id(), true);
        CLOCK.advance(Duration.ofMinutes(1));
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                INSERT INTO auth.refresh_tokens
                                    (id, account_id, family_id, token_hash, created_at, expires_at)
                                SELECT gen_random_uuid(), :account, gen_random_uuid(),
                                       decode(md5(:account::text || n), 'hex'), :now, CAST(:now AS timestamptz) + interval '30 days'
                                FROM generate_series(1, 99) AS n
                                """)
                        .bind("account", oldest.uuid())
                        .bind("now", CLOCK.instant())
                        .execute());
        assertThat(sessions(oldest)).hasSize(100);

        var newest = oldest.elsewhere();

        assertThat(sessions(newest)).hasSize(100).extracting(Session::getId).doesNotContain(oldest.session());
        expectOver(oldest);
    }

    @Test
    void aSessionThatBeginsWhileAllEndIsEitherEndedOrNewer() throws Exception {
        var person = Person.of(platform);
        var ending = platform.bean("auth", SessionEnding.class);
        var database = platform.bean("auth", Database.class);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 8; round++) {
                var logins = executor.invokeAll(List.<Callable<Person>>of(
                        person::elsewhere, person::elsewhere, person::elsewhere, person::elsewhere, () -> {
                            platform.inside("auth", () -> database.transact(() -> ending.endAll(person.uuid())));
                            return person;
                        }));
                var end = Person.published(platform, person.id(), AccessChanged.class).stream()
                        .filter(changed -> changed.getSessionId().isEmpty())
                        .toList()
                        .getLast();
                var living = sessions(person.elsewhere()).stream()
                        .map(Session::getId)
                        .toList();
                for (var login : logins) {
                    var began = login.get();
                    var isNewer =
                            claims(began).getLongClaim("rights_ms") >= Timestamps.toMillis(end.getNotBeforeTime());
                    assertThat(living.contains(began.session())).isEqualTo(isNewer);
                }
            }
        }
    }

    @Test
    void aPasswordThatWasReplacedAfterItProvedRightBeginsNoSession() throws Exception {
        var person = Person.of(platform);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 6; round++) {
                var name = Visitor.uniqueName();
                var account = person.visitor()
                        .stub()
                        .register(Visitor.registration(name).build())
                        .getAccount();
                var id = UUID.fromString(account.getId());
                var login = executor.submit(
                        () -> Person.outcome(() -> person.visitor().login(name, Visitor.PASSWORD)));
                Thread.sleep(round * 15L);
                platform.superuser()
                        .useHandle(handle ->
                                handle.execute("UPDATE auth.accounts SET password_hash = 'replaced' WHERE id = ?", id));

                var outcome = login.get();

                var began = person.visitor()
                        .value(Integer.class, "SELECT count(*) FROM auth.refresh_tokens WHERE account_id = ?", id);
                assertThat(outcome + " " + began).isIn("OK 1", "CREDENTIALS_INVALID 0");
            }
        }
    }

    private static JWTClaimsSet claims(Person person) {
        return Person.claims(person.tokens());
    }

    @Test
    void tokensSayWhichSessionTheyBelongToAndWhenTheirRightsWereRead() throws Exception {
        var before = System.currentTimeMillis();
        var person = Person.of(platform);

        var claims = claims(person);

        assertThat(claims.getStringClaim("sid"))
                .isEqualTo(sessions(person).stream()
                        .filter(Session::getCurrent)
                        .findFirst()
                        .orElseThrow()
                        .getId());
        assertThat(claims.getLongClaim("rights_ms")).isBetween(before, System.currentTimeMillis());
        assertThat(claims(person.refreshed()).getLongClaim("rights_ms"))
                .isGreaterThanOrEqualTo(claims.getLongClaim("rights_ms"));
    }
}
