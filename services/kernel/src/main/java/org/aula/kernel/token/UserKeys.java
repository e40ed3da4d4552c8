package org.aula.kernel.token;

import com.nimbusds.jose.jwk.ECKey;
import java.util.Optional;

/// The public keys that users' access tokens are signed with. `auth` reads its own table; all others ask
/// `auth`.
public interface UserKeys {

    /// The key of this id, if `auth` knows it.
    Optional<ECKey> find(String keyId);
}
