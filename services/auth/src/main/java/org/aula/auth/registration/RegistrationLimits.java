package org.aula.auth.registration;

import jakarta.inject.Singleton;
import org.aula.api.common.v1.ErrorReason;
import org.aula.auth.limit.NetworkLimits;

/// Bounds how many accounts may be asked for from each address of the net: each costs a hash of a password.
@Singleton
public final class RegistrationLimits {

    private final NetworkLimits limits;
    private final NetworkLimits.Bound bound;

    RegistrationLimits(NetworkLimits limits, RegistrationSettings settings) {
        this.limits = limits;
        this.bound = new NetworkLimits.Bound(
                "rate_limit:register:",
                settings.registrationsPerAddress(),
                settings.registrationsPerNet(),
                settings.registrationWindow(),
                ErrorReason.ERROR_REASON_RATE_LIMITED,
                "too many accounts were asked for; try again later");
    }

    /// Counts a registration.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with RATE_LIMITED
    public void take() {
        limits.take(bound);
    }
}
