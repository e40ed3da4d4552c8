package org.aula.auth.account;

import java.util.Map;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.kernel.error.Errors;

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

    /// Whether an account of this status is verified: by the email that was sent to its address, or since an
    /// administrator vouched for it.
    public boolean isVerified() {
        return this == ACTIVE;
    }

    /// Where a move leads from here; to the same state when there is nothing to do. Verifying an
    /// address lets nobody in who was put aside or barred, and putting aside does not hide a bar.
    ///
    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with ACCOUNT_STATUS_FORBIDS
    public AccountStatus after(AccountTransition move) {
        return switch (move) {
            case VERIFY ->
                switch (this) {
                    case PENDING_VERIFICATION, ACTIVE -> ACTIVE;
                    case INACTIVE -> INACTIVE;
                    case SUSPENDED -> SUSPENDED;
                };
            case ACTIVATE ->
                switch (this) {
                    case PENDING_VERIFICATION, ACTIVE, INACTIVE, SUSPENDED -> ACTIVE;
                };
            case DEACTIVATE ->
                switch (this) {
                    case PENDING_VERIFICATION, ACTIVE, INACTIVE -> INACTIVE;
                    case SUSPENDED -> throw forbids();
                };
            case SUSPEND ->
                switch (this) {
                    case PENDING_VERIFICATION, ACTIVE, INACTIVE, SUSPENDED -> SUSPENDED;
                };
        };
    }

    private RuntimeException forbids() {
        return Errors.failedPrecondition(
                ErrorReason.ERROR_REASON_ACCOUNT_STATUS_FORBIDS,
                "the account's state does not allow this",
                Map.of("status", name()));
    }
}
