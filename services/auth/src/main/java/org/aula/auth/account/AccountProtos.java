package org.aula.auth.account;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/// Accounts as messages.
public final class AccountProtos {

    private AccountProtos() {}

    /// The message of an account.
    public static org.aula.api.auth.v1.Account toProto(Account account) {
        var message = org.aula.api.auth.v1.Account.newBuilder()
                .setId(account.id().toString())
                .setEmail(account.email())
                .setUsername(account.username())
                .setStatus(toProto(account.status()))
                .addAllRoles(account.roles())
                .addAllPermissions(account.permissions())
                .setCreateTime(toProto(account.createdAt()));
        if (account.lastLoginAt() != null) {
            message.setLastLoginTime(toProto(account.lastLoginAt()));
        }
        return message.build();
    }

    /// The message of a moment.
    public static Timestamp toProto(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static org.aula.api.auth.v1.AccountStatus toProto(AccountStatus status) {
        return switch (status) {
            case PENDING_VERIFICATION -> org.aula.api.auth.v1.AccountStatus.ACCOUNT_STATUS_PENDING_VERIFICATION;
            case ACTIVE -> org.aula.api.auth.v1.AccountStatus.ACCOUNT_STATUS_ACTIVE;
            case INACTIVE -> org.aula.api.auth.v1.AccountStatus.ACCOUNT_STATUS_INACTIVE;
            case SUSPENDED -> org.aula.api.auth.v1.AccountStatus.ACCOUNT_STATUS_SUSPENDED;
        };
    }
}
