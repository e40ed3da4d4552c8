package org.aula.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SigningKeysTest {

    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth").at(CLOCK);

    /// Others' clocks go differently.
    @AfterAll
    static void deleteKeys() {
        platform.superuser().useHandle(handle -> handle.execute("DELETE FROM auth.signing_keys"));
    }

    /// The keys as another replica of the service sees them.
    private static SigningKeys replica() {
        return new SigningKeys(
                platform.bean("auth", SigningKeyStore.class),
                platform.bean("auth", Database.class),
                platform.bean("auth", Settings.class),
                CLOCK);
    }

    @Test
    void replicasThatStartTogetherMakeOneKey() throws Exception {
        platform.superuser().useHandle(handle -> handle.execute("DELETE FROM auth.signing_keys"));

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = Collections.nCopies(
                    6, (Callable<String>) () -> replica().current().getKeyID());

            assertThat(executor.invokeAll(starts).stream()
                            .map(start -> start.resultNow())
                            .collect(Collectors.toSet()))
                    .hasSize(1);
        }
    }

    @Test
    void aNewKeySignsAndTheOldOneVerifiesUntilItRetires() throws Exception {
        var keys = replica();
        var before = keys.current();
        CLOCK.advance(Duration.ofMinutes(2));
        var after = SigningKey.generate(CLOCK.instant());
        var repository = platform.bean("auth", SigningKeyStore.class);
        platform.inside("auth", () -> {
            platform.bean("auth", Database.class).transact(() -> repository.insert(after, CLOCK.instant()));
            return true;
        });

        assertThat(keys.current().getKeyID()).isEqualTo(after.id());
        assertThat(keys.find(before.getKeyID())).map(ECKey::isPrivate).hasValue(false);
        assertThat(JWKSet.parse(keys.jwksJson()).getKeys())
                .extracting(JWK::getKeyID)
                .contains(before.getKeyID(), after.id());

        platform.superuser()
                .useHandle(
                        handle -> handle.createUpdate("UPDATE auth.signing_keys SET retired_at = :now WHERE kid = :kid")
                                .bind("now", CLOCK.instant())
                                .bind("kid", before.getKeyID())
                                .execute());
        CLOCK.advance(Duration.ofMinutes(2));

        assertThat(keys.find(before.getKeyID())).isEmpty();
        assertThat(keys.jwksJson()).contains(after.id()).doesNotContain("\"d\"");
    }

    @Test
    void aKeyThatAnotherReplicaJustMadeIsFound() throws Exception {
        var keys = replica();
        var known = keys.current();
        var made = SigningKey.generate(CLOCK.instant());
        assertThat(keys.find(made.id())).isEmpty();
        var repository = platform.bean("auth", SigningKeyStore.class);
        platform.inside("auth", () -> {
            platform.bean("auth", Database.class).transact(() -> repository.insert(made, CLOCK.instant()));
            return true;
        });

        CLOCK.advance(Duration.ofSeconds(3));

        assertThat(keys.find(made.id())).isPresent();
        assertThat(keys.find(known.getKeyID())).isPresent();
    }

    @Test
    void aKeyOfBeforeThatLiesInClearIsSealedWhenItIsFirstRead() throws Exception {
        var clear = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                INSERT INTO auth.signing_keys (kid, private_jwk, public_jwk, created_at, signs_at)
                                VALUES (:kid, :private, :public, :now, :now)
                                """)
                        .bind("kid", clear.getKeyID())
                        .bind("private", clear.toJSONString())
                        .bind("public", clear.toPublicJWK().toJSONString())
                        .bind("now", CLOCK.instant())
                        .execute());

        assertThat(replica().find(clear.getKeyID())).hasValue(clear.toPublicJWK());

        var kept = platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT signing_keys::text FROM auth.signing_keys")
                        .mapTo(String.class)
                        .list());
        assertThat(kept).noneMatch(row -> row.contains("\"\"d\"\"") || row.contains("\"d\""));
        assertThat(replica().find(clear.getKeyID())).isPresent();
    }
}
