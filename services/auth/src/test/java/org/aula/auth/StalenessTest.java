package org.aula.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aula.api.auth.v1.AccessChanged;
import org.aula.api.auth.v1.AccessServiceGrpc;
import org.aula.api.auth.v1.AccountServiceGrpc;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.ActivateAccountRequest;
import org.aula.api.auth.v1.AssignRoleRequest;
import org.aula.api.auth.v1.CreateRoleRequest;
import org.aula.api.auth.v1.PermissionEffect;
import org.aula.api.auth.v1.ResendVerificationRequest;
import org.aula.api.auth.v1.SetUserPermissionRequest;
import org.aula.api.auth.v1.TokenPair;
import org.aula.api.auth.v1.UpdateRoleRequest;
import org.aula.api.auth.v1.VerifyEmailRequest;
import org.aula.kernel.call.Caller;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.token.TokenVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Changes of rights are in force at once for those who refresh, and soon for those who do not.
class StalenessTest {

    private static final String PERMISSION = "users:read";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth", "courses");

    private static Object set(Person admin, Person person, PermissionEffect effect) {
        return AccessServiceGrpc.newBlockingStub(admin.channel())
                .setUserPermission(SetUserPermissionRequest.newBuilder()
                        .setUserId(person.id())
                        .setPermission(PERMISSION)
                        .setEffect(effect)
                        .build());
    }

    private static boolean holds(TokenPair tokens) throws Exception {
        return Person.claims(tokens).getStringListClaim("permissions").contains(PERMISSION);
    }

    @Test
    void anOldTokenIsRefusedEverywhereAndARefreshedOneWorksAtOnce() throws Exception {
        var admin = Person.of(platform, "roles:write");
        var old = Person.of(platform);
        assertThat(old.reach()).containsOnly("OK");

        set(admin, old, PermissionEffect.PERMISSION_EFFECT_GRANT);
        var fresh = old.refreshed();

        assertThat(holds(fresh.tokens())).isTrue();
        assertThat(fresh.reach()).containsOnly("OK");
        Await.untilHolds(() -> assertThat(old.reach()).containsOnly("TOKEN_STALE"));
        assertThat(fresh.reach()).containsOnly("OK");
    }

    @Test
    void tokensOfARoleAreRefusedWhenItsPermissionsChange() throws Exception {
        var admin = Person.of(platform, "roles:write");
        var access = AccessServiceGrpc.newBlockingStub(admin.channel());
        var role = "r" + Visitor.uniqueName();
        access.createRole(CreateRoleRequest.newBuilder()
                .setRequestId(java.util.UUID.randomUUID().toString())
                .setRole(role)
                .addPermissions("courses:read")
                .build());
        var someone = Person.of(platform);
        access.assignRole(AssignRoleRequest.newBuilder()
                .setUserId(someone.id())
                .setRole(role)
                .build());
        var holder = someone.refreshed();
        var bystander = Person.of(platform);

        access.updateRole(UpdateRoleRequest.newBuilder()
                .setRole(role)
                .addPermissions(PERMISSION)
                .setUpdateMask(com.google.protobuf.FieldMask.newBuilder().addPaths("permissions"))
                .build());

        Await.untilHolds(() -> assertThat(holder.reach()).containsOnly("TOKEN_STALE"));
        assertThat(bystander.reach()).containsOnly("OK");
        assertThat(Person.claims(holder.refreshed().tokens()).getStringListClaim("permissions"))
                .containsExactly(PERMISSION);
    }

    @Test
    void whoVerifiesTheAccountIsVerifiedWithTheNextToken() throws Exception {
        var old = Person.unverified(platform);
        assertThat(verified(old)).isFalse();

        old.visitor()
                .accounts()
                .verifyEmail(VerifyEmailRequest.newBuilder()
                        .setToken(verification(old))
                        .build());
        var fresh = old.refreshed();

        assertThat(verified(fresh)).isTrue();
        Await.untilHolds(() -> assertThat(old.reach()).containsOnly("TOKEN_STALE"));
        assertThat(fresh.reach()).containsOnly("OK");
    }

    @Test
    void whomAnAdministratorActivatesIsVerifiedWithTheNextToken() throws Exception {
        var admin = Person.of(platform, "accounts:write");
        var old = Person.unverified(platform);

        var activated = AccountServiceGrpc.newBlockingStub(admin.channel())
                .activateAccount(
                        ActivateAccountRequest.newBuilder().setUserId(old.id()).build());
        var fresh = old.refreshed();

        assertThat(activated.getAccount().getStatus()).isEqualTo(AccountStatus.ACCOUNT_STATUS_ACTIVE);
        assertThat(verified(fresh)).isTrue();
        Await.untilHolds(() -> assertThat(old.reach()).containsOnly("TOKEN_STALE"));
        assertThat(fresh.reach()).containsOnly("OK");
    }

    private static String verification(Person person) throws Exception {
        var mailbox = new Mailbox(platform);
        person.visitor()
                .accounts()
                .resendVerification(ResendVerificationRequest.newBuilder()
                        .setEmail(person.name() + "@test.example")
                        .build());
        mailbox.await("email_verification_tokens", person.id(), 1);
        return mailbox.verification(person.id()).getToken();
    }

    /// As every service understands the token.
    private static boolean verified(Person person) {
        var verifier = platform.bean("courses", TokenVerifier.class);
        return verifier.verify(person.tokens().getAccessToken()) instanceof Caller.User user && user.verified();
    }

    /// While one changes the rights of a person as fast as they can, the person refreshes on several
    /// devices. What a token says about its rights must follow from its time alone: those after the
    /// changes that are not later than it.
    @Test
    void theTimeInATokenTellsExactlyWhichChangesItKnowsOf() throws Exception {
        var admin = Person.of(platform, "roles:write");
        var person = Person.of(platform);
        var seen = new ArrayList<TokenPair>();
        var done = new AtomicBoolean();
        var tasks = new ArrayList<Callable<List<TokenPair>>>();
        for (int device = 0; device < 6; device++) {
            var elsewhere = person.elsewhere();
            tasks.add(() -> refreshUntil(done, elsewhere));
        }
        tasks.add(() -> {
            try {
                for (int change = 0; change < 60; change++) {
                    var grants = change % 2 == 0;
                    set(
                            admin,
                            person,
                            grants
                                    ? PermissionEffect.PERMISSION_EFFECT_GRANT
                                    : PermissionEffect.PERMISSION_EFFECT_DENY);
                    var fresh = person.with(seenLast(seen, person)).refreshed();
                    seen.add(fresh.tokens());
                    assertThat(holds(fresh.tokens())).isEqualTo(grants);
                    assertThat(fresh.reach()).containsOnly("OK");
                }
            } finally {
                done.set(true);
            }
            return List.of();
        });

        var tokens = new ArrayList<TokenPair>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var task : executor.invokeAll(tasks)) {
                tokens.addAll(task.get());
            }
        }
        tokens.addAll(seen);

        var changes = Person.published(platform, person.id(), AccessChanged.class).stream()
                .map(changed -> Timestamps.toMillis(changed.getNotBeforeTime()))
                .toList();
        assertThat(changes).hasSize(60).isSorted().doesNotHaveDuplicates();
        assertThat(tokens).hasSizeGreaterThan(120);
        for (var token : tokens) {
            long read = Person.claims(token).getLongClaim("rights_ms");
            var known = changes.stream().filter(change -> change <= read).count();
            assertThat(holds(token)).as("after %d changes", known).isEqualTo(known % 2 == 1);
        }
    }

    private static TokenPair seenLast(List<TokenPair> seen, Person person) {
        return seen.isEmpty() ? person.tokens() : seen.getLast();
    }

    private static List<TokenPair> refreshUntil(AtomicBoolean done, Person person) {
        var tokens = new ArrayList<TokenPair>();
        var latest = person;
        while (!done.get()) {
            latest = latest.refreshed();
            tokens.add(latest.tokens());
        }
        return tokens;
    }
}
