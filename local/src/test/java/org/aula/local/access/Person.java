package org.aula.local.access;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

/// Somebody who has registered and signed in.
///
/// @param column one of [Matrix#PERSONS]; everybody is a student too
/// @param makerToken with which they make what is theirs: of the time when their account was verified
record Person(
        String column,
        String id,
        String registrationId,
        String email,
        String password,
        String accessToken,
        String refreshToken,
        String makerToken) {

    /// The session in which they signed in.
    String sessionId() {
        try {
            return SignedJWT.parse(accessToken).getJWTClaimsSet().getStringClaim("sid");
        } catch (ParseException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
