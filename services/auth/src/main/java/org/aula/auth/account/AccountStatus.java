package org.aula.auth.account;

/// Where an account stands.
public enum AccountStatus {
    /// Registered, address not yet verified.
    PENDING_VERIFICATION,
    /// In full use.
    ACTIVE,
    /// Put aside by its owner.
    INACTIVE,
    /// Barred by an administrator.
    SUSPENDED;

    /// Whether accounts of this status may have sessions.
    public boolean maySignIn() {
        return switch (this) {
            case PENDING_VERIFICATION, ACTIVE -> true;
            case INACTIVE, SUSPENDED -> false;
        };
    }
}
