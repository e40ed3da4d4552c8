package org.aula.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetJwksRequest;
import org.aula.auth.key.KeyRotation;
import org.aula.auth.key.KeyRotation.Retiring;
import org.aula.auth.key.KeyRotation.Rotated;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.token.UserKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Another service stands for all that ask auth for its keys.
class KeyRotationTest {

    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth", "courses").at(CLOCK);

    /// Each test begins with a first key, and leaves none to other classes, whose clocks go differently.
    @BeforeEach
    void forgetKeys() {
        deleteKeys();
        CLOCK.advance(Duration.ofHours(1));
    }

    @AfterAll
    static void deleteKeys() {
        platform.superuser().useHandle(handle -> handle.execute("DELETE FROM auth.signing_keys"));
    }

    private static Rotated rotate() throws Exception {
        return platform.inside("auth", platform.bean("auth", KeyRotation.class)::rotate);
    }

    private static List<String> published() throws Exception {
        var keys = AuthServiceGrpc.newBlockingStub(platform.anonymous("auth"))
                .getJwks(GetJwksRequest.getDefaultInstance())
                .getJwksJson();
        return JWKSet.parse(keys).getKeys().stream().map(JWK::getKeyID).toList();
    }

    @Test
    void nobodyNoticesARotation() throws Exception {
        var before = Person.of(platform);
        var idle = before.elsewhere();
        var unseen = before.elsewhere();
        var old = Person.keyId(before.tokens());
        assertThat(before.reach()).containsOnly("OK");

        var rotated = rotate();

        assertThat(rotated.keyId()).isNotEqualTo(old);
        assertThat(rotated.signsAt()).isEqualTo(CLOCK.instant().plus(Duration.ofMinutes(1)));
        assertThat(rotated.retiring())
                .contains(new Retiring(old, CLOCK.instant().plus(Duration.ofMinutes(21))));
        // Published to everybody before it signs.
        CLOCK.advance(Duration.ofSeconds(11));
        assertThat(published()).contains(old, rotated.keyId());
        var between = before.refreshed();
        assertThat(Person.keyId(between.tokens())).isEqualTo(old);
        CLOCK.advance(Duration.ofSeconds(50));
        var after = between.refreshed();
        assertThat(Person.keyId(after.tokens())).isEqualTo(rotated.keyId());
        for (var person : List.of(before, between, after, idle)) {
            assertThat(person.reach()).containsOnly("OK");
        }
        assertThat(published()).contains(old, rotated.keyId());

        CLOCK.advance(Duration.ofMinutes(13));
        assertThat(idle.reach()).containsOnly("OK");
        CLOCK.advance(Duration.ofMinutes(7));
        assertThat(published()).contains(rotated.keyId()).doesNotContain(old);
        assertThat(platform.bean("courses", UserKeys.class).find(old)).isEmpty();
        assertThat(idle.reach()).containsOnly("TOKEN_EXPIRED");
        // The key is gone, and who has slept over it is still told to refresh.
        assertThat(unseen.reach()).containsOnly("TOKEN_EXPIRED");
        assertThat(idle.refreshed().reach()).containsOnly("OK");
        assertThat(after.refreshed().reach()).containsOnly("OK");
    }

    @Test
    void rotationsAtOnceFollowEachOtherAndTheLastSigns() throws Exception {
        var person = Person.of(platform);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var task :
                    executor.invokeAll(java.util.Collections.nCopies(3, (Callable<Rotated>) KeyRotationTest::rotate))) {
                assertThat(task.get().keyId()).isNotEmpty();
            }
        }
        CLOCK.advance(Duration.ofSeconds(61));
        var last = rotate();
        CLOCK.advance(Duration.ofSeconds(61));

        var after = person.refreshed();

        assertThat(Person.keyId(after.tokens())).isEqualTo(last.keyId());
        assertThat(person.reach()).containsOnly("OK");
        assertThat(after.reach()).containsOnly("OK");
    }

    @Test
    void afterATheftOldTokensEndSoonAndSessionsGoOn() throws Exception {
        var person = Person.of(platform);
        assertThat(person.reach()).containsOnly("OK");

        var rotated = platform.inside("auth", platform.bean("auth", KeyRotation.class)::revokeOld);

        assertThat(rotated.retiring()).allMatch(key -> key.at().equals(CLOCK.instant()));
        CLOCK.advance(Duration.ofSeconds(61));
        assertThat(person.reach()).containsOnly("TOKEN_INVALID");
        var refreshed = person.refreshed();
        assertThat(Person.keyId(refreshed.tokens())).isEqualTo(rotated.keyId());
        assertThat(refreshed.reach()).containsOnly("OK");
        assertThat(published()).containsExactly(rotated.keyId());
    }
}
