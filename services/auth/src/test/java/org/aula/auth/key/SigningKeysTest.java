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
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.service.Settings;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.TestPlatform;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SigningKeysTest {

    private static final PinnedClock CLOCK = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth").at(CLOCK);

    /// The keys as another replica of the service sees them.
    private static SigningKeys replica() {
        return new SigningKeys(
                platform.bean("auth", SigningKeyRepository.class),
                platform.bean("auth", Transactions.class),
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
        var after = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        var repository = platform.bean("auth", SigningKeyRepository.class);
        platform.bean("auth", Jdbi.class).useTransaction(handle -> repository.insert(handle, after, CLOCK.instant()));

        assertThat(keys.current().getKeyID()).isEqualTo(after.getKeyID());
        assertThat(keys.find(before.getKeyID())).map(ECKey::isPrivate).hasValue(false);
        assertThat(JWKSet.parse(keys.jwksJson()).getKeys())
                .extracting(JWK::getKeyID)
                .contains(before.getKeyID(), after.getKeyID());

        platform.superuser()
                .useHandle(
                        handle -> handle.createUpdate("UPDATE auth.signing_keys SET retired_at = :now WHERE kid = :kid")
                                .bind("now", CLOCK.instant())
                                .bind("kid", before.getKeyID())
                                .execute());
        CLOCK.advance(Duration.ofMinutes(2));

        assertThat(keys.find(before.getKeyID())).isEmpty();
        assertThat(keys.jwksJson()).contains(after.getKeyID()).doesNotContain("\"d\"");
    }

    @Test
    void aKeyThatAnotherReplicaJustMadeIsFound() throws Exception {
        var keys = replica();
        var known = keys.current();
        var made = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        assertThat(keys.find(made.getKeyID())).isEmpty();
        var repository = platform.bean("auth", SigningKeyRepository.class);
        platform.bean("auth", Jdbi.class).useTransaction(handle -> repository.insert(handle, made, CLOCK.instant()));

        CLOCK.advance(Duration.ofSeconds(3));

        assertThat(keys.find(made.getKeyID())).isPresent();
        assertThat(keys.find(known.getKeyID())).isPresent();
    }
}
