package org.aula.auth.account;

import java.util.UUID;
import org.aula.api.auth.v1.SuspendAccountRequest;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Accounts as messages.
public final class AccountMapper {

    private AccountMapper() {}

    /// The message of an account.
    public static org.aula.api.auth.v1.Account toProto(Account account) {
        var message = org.aula.api.auth.v1.Account.newBuilder()
                .setId(account.id().toString())
                .setEmail(account.email())
                .setUsername(account.username())
                .setStatus(toProto(account.status()))
                .addAllRoles(account.roles())
                .addAllPermissions(account.permissions())
                .setCreateTime(Times.timestamp(account.createdAt()));
        if (account.lastLoginAt() != null) {
            message.setLastLoginTime(Times.timestamp(account.lastLoginAt()));
        }
        return message.build();
    }

    /// What is asked for when an account is suspended, for the audit log.
    public static SuspendAccountRequest suspension(UUID id, String reason) {
        return SuspendAccountRequest.newBuilder()
                .setUserId(id.toString())
                .setReason(reason)
                .build();
    }

    static org.aula.api.auth.v1.AccountStatus toProto(AccountStatus status) {
        return switch (status) {
            case PENDING_VERIFICATION -> org.aula.api.auth.v1.AccountStatus.ACCOUNT_STATUS_PENDING_VERIFICATION;
            case ACTIVE -> org.aula.api.auth.v1.AccountStatus.ACCOUNT_STATUS_ACTIVE;
            case INACTIVE -> org.aula.api.auth.v1.AccountStatus.ACCOUNT_STATUS_INACTIVE;
            case SUSPENDED -> org.aula.api.auth.v1.AccountStatus.ACCOUNT_STATUS_SUSPENDED;
        };
    }

    /// A state that is asked for, or null for every state.
    public static @Nullable AccountStatus fromProto(org.aula.api.auth.v1.AccountStatus status) {
        return switch (status) {
            case ACCOUNT_STATUS_PENDING_VERIFICATION -> AccountStatus.PENDING_VERIFICATION;
            case ACCOUNT_STATUS_ACTIVE -> AccountStatus.ACTIVE;
            case ACCOUNT_STATUS_INACTIVE -> AccountStatus.INACTIVE;
            case ACCOUNT_STATUS_SUSPENDED -> AccountStatus.SUSPENDED;
            case ACCOUNT_STATUS_UNSPECIFIED, UNRECOGNIZED -> null;
        };
    }
}
