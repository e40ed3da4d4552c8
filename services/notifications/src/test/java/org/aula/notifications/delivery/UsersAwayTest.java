package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.UUID;
import org.aula.api.auth.v1.PasswordChanged;
import org.aula.kernel.service.ServiceProcess;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;
import org.aula.notifications.StandInAuth;
import org.aula.notifications.smtp.ScriptedMailServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsersAwayTest {

    private static final StandInAuth AUTH = new StandInAuth();
    private static final ScriptedMailServer MAIL = new ScriptedMailServer();
    private static final String USERS = "inprocess:users-" + UUID.randomUUID();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("notifications")
            .setting("AUTH_TARGET", AUTH.target())
            .setting("USERS_TARGET", USERS)
            .setting("SMTP_URL", MAIL.url());

    @AfterAll
    static void close() throws IOException {
        AUTH.close();
        MAIL.close();
    }

    @Test
    void whileUsersIsAwayEmailsWait() throws Exception {
        var queue = new Queue(platform);
        queue.empty();
        var user = UUID.randomUUID();
        var id = StandInAuth.publish(
                PasswordChanged.newBuilder().setUserId(user.toString()).build());
        Await.until(
                "the email waits for users",
                () -> queue.store()
                        .find(id)
                        .filter(email -> email.lastError().equals("users away"))
                        .isPresent());
        assertThat(MAIL.taken()).isEmpty();

        var environment = new HashMap<>(TestEngines.forServices());
        environment.put("AUTH_TARGET", AUTH.target());
        environment.put("USERS_TARGET", USERS);
        var users = ServiceProcess.start("users", environment);
        try {
            queue.awaitState(id, Delivery.State.SENT);
        } finally {
            users.close();
        }
        assertThat(MAIL.takenFor(StandInAuth.address(user))).hasSize(1);
    }
}
