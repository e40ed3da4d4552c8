package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.aula.api.auth.v1.PasswordChanged;
import org.aula.kernel.testing.TestPlatform;
import org.aula.notifications.StandInAuth;
import org.aula.notifications.smtp.ScriptedMailServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A mail server that takes longer than the lease to say that it has a mail.
class SlowMailServerTest {

    private static final String LEASE = "aula.notifications.lease";
    private static final StandInAuth AUTH = new StandInAuth();
    private static final ScriptedMailServer MAIL = new ScriptedMailServer();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users", "notifications")
            .setting("AUTH_TARGET", AUTH.target())
            .setting("SMTP_URL", MAIL.url());

    static {
        System.setProperty(LEASE, "1500ms");
    }

    @BeforeAll
    static void forgetTheShortLease() {
        System.clearProperty(LEASE);
    }

    @AfterAll
    static void close() throws IOException {
        AUTH.close();
        MAIL.close();
    }

    @Test
    void keepsItsEmailAndGetsItOnce() throws Exception {
        var queue = new Queue(platform);
        queue.empty();
        assertThat(platform.bean("notifications", DeliverySettings.class).lease())
                .isEqualTo(Duration.ofMillis(1_500));
        MAIL.thinkFor(Duration.ofSeconds(5));
        var user = UUID.randomUUID();

        var id = StandInAuth.publish(
                PasswordChanged.newBuilder().setUserId(user.toString()).build());
        queue.awaitState(id, Delivery.State.SENT);

        assertThat(MAIL.takenFor(StandInAuth.address(user))).hasSize(1);
        assertThat(queue.find(id).attempts()).isEqualTo(1);
    }
}
