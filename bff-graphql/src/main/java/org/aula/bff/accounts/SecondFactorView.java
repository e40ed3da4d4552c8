package org.aula.bff.accounts;

import org.aula.api.auth.v1.GetSecondFactorResponse;

/// The second factor of a person.
///
/// @param userId whose it is
record SecondFactorView(String userId, GetSecondFactorResponse factor) {}
