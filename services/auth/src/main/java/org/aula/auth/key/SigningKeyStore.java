package org.aula.auth.key;

import com.nimbusds.jose.jwk.ECKey;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Signing keys in the database, their private parts sealed. Those of before that lie in clear are read
/// too, until [#encryptLegacyRows] has sealed them.
@Singleton
final class SigningKeyStore {

    private static final String PURPOSE = "signing key ";

    private final SigningKeyRepository repository;
    private final EncryptedSecrets secrets;

    SigningKeyStore(SigningKeyRepository repository, EncryptedSecrets secrets) {
        this.repository = repository;
        this.secrets = secrets;
    }

    /// Holds others back from making or retiring keys until this transaction ends.
    void lock() {
        repository.lock();
    }

    /// Keys that are not retired, the one that signs last first.
    List<SigningKey> findLiving(Instant now) {
        return repository.findLiving(now).stream().map(this::key).toList();
    }

    void insert(SigningKey key, Instant now) {
        repository.insert(
                key.id(),
                seal(key.id(), key.pair().toJSONString()),
                key.pair().toPublicJWK().toJSONString(),
                now,
                key.signsAt());
    }

    /// Lets every key but one retire at a moment, if it does not sooner.
    void retireOthers(String keyId, Instant at) {
        repository.retireOthers(keyId, at);
    }

    void deleteRetired(Instant before) {
        repository.deleteRetired(before);
    }

    boolean hasClear() {
        return repository.hasClear();
    }

    /// Seals the private keys that lie in clear.
    void encryptLegacyRows() {
        repository
                .findClear()
                .forEach(row -> repository.seal(row.kid(), seal(row.kid(), Objects.requireNonNull(row.privateJwk()))));
    }

    private byte[] seal(String keyId, String jwk) {
        return secrets.seal(PURPOSE + keyId, jwk.getBytes(StandardCharsets.UTF_8));
    }

    private SigningKey key(SigningKeyRepository.Row row) {
        var clear = row.privateJwk();
        var jwk = clear == null ? open(row.kid(), row.sealedPrivateJwk()) : clear;
        return new SigningKey(parse(jwk), row.signsAt(), row.retiredAt());
    }

    private String open(String keyId, byte[] sealed) {
        return new String(secrets.open(PURPOSE + keyId, sealed), StandardCharsets.UTF_8);
    }

    private static ECKey parse(String jwk) {
        try {
            return ECKey.parse(jwk);
        } catch (ParseException broken) {
            throw new IllegalStateException("a signing key does not parse", broken);
        }
    }
}
