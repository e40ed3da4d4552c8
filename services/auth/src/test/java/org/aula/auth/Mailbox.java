package org.aula.auth;

import java.util.UUID;
import org.aula.api.auth.v1.MailServiceGrpc;
import org.aula.api.auth.v1.MailServiceGrpc.MailServiceBlockingStub;
import org.aula.api.auth.v1.PrepareMailRequest;
import org.aula.api.auth.v1.PrepareMailResponse;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;

/// Emails as the notifications service would write them.
public record Mailbox(TestPlatform platform) {

    /// The service as the notifications service calls it.
    public MailServiceBlockingStub stub() {
        return MailServiceGrpc.newBlockingStub(platform.asService("notifications", "auth"));
    }

    /// Waits until so many emails of a table were asked for by an account.
    public void await(String table, String accountId, int emails) throws Exception {
        Await.until(emails + " emails", () -> count(table, accountId) == emails);
    }

    /// How many emails of a table were asked for by an account.
    public int count(String table, String accountId) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM auth." + table + " WHERE account_id = ?")
                        .bind(0, UUID.fromString(accountId))
                        .mapTo(Integer.class)
                        .one());
    }

    /// The last verification of an account.
    public PrepareMailResponse verification(String accountId) {
        return stub().prepareMail(PrepareMailRequest.newBuilder()
                .setUserId(accountId)
                .setEmailVerificationId(last("email_verification_tokens", accountId))
                .build());
    }

    /// The last reset of an account.
    public PrepareMailResponse reset(String accountId) {
        return stub().prepareMail(PrepareMailRequest.newBuilder()
                .setUserId(accountId)
                .setPasswordResetId(last("password_reset_tokens", accountId))
                .build());
    }

    /// Id of the last email of a table that an account asked for.
    public String last(String table, String accountId) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT id::text FROM auth." + table + " WHERE account_id = ? ORDER BY id DESC LIMIT 1")
                        .bind(0, UUID.fromString(accountId))
                        .mapTo(String.class)
                        .one());
    }
}
