package org.aula.auth.session;

import java.time.Instant;
import org.aula.auth.account.Account;

/// What a person holds while signed in.
///
/// @param refreshToken opaque, for one refresh
public record Session(
        Account account,
        String accessToken,
        Instant accessTokenExpires,
        String refreshToken,
        Instant refreshTokenExpires) {}
