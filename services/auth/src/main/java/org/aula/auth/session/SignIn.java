package org.aula.auth.session;

import java.time.Instant;

/// What the right name and password lead to.
public sealed interface SignIn {

    /// A session.
    record Begun(Session session) implements SignIn {}

    /// The question for the second factor.
    ///
    /// @param token to be sent back with the code
    record Challenged(String token, Instant expiresAt) implements SignIn {}
}
