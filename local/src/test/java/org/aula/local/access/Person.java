package org.aula.local.access;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

/// Somebody who has registered and signed in.
///
/// @param role one of [Matrix#ROLES]; everybody is a student too
record Person(
        String role,
        String id,
        String registrationId,
        String email,
        String password,
        String accessToken,
        String refreshToken) {

    /// The session in which they signed in.
    String sessionId() {
        try {
            return SignedJWT.parse(accessToken).getJWTClaimsSet().getStringClaim("sid");
        } catch (ParseException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
