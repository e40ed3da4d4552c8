package org.aula.auth.account;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.AccountStatusChanged;
import org.aula.kernel.events.Outbox;

/// What others are told of accounts.
@Singleton
public final class AccountEvents {

    private final Outbox outbox;

    AccountEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    public void statusChanged(UUID accountId, AccountStatus before, AccountStatus after) {
        outbox.append(AccountStatusChanged.newBuilder()
                .setUserId(accountId.toString())
                .setPreviousStatus(AccountMapper.toProto(before))
                .setStatus(AccountMapper.toProto(after))
                .build());
    }
}
