package org.aula.notifications.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.aula.kernel.settings.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailServerTest {

    private static final UUID ID = UUID.fromString("0197a0c4-0000-7000-8000-000000000001");
    private static final String TO = "ada@test.example";

    private final ScriptedMailServer scripted = new ScriptedMailServer();

    @TempDir
    private Path secrets = Path.of("");

    @AfterEach
    void close() throws IOException {
        scripted.close();
    }

    private MailServer server(Map<String, String> more) {
        var environment = new HashMap<>(Map.of("SMTP_URL", scripted.url(), "SECRETS_DIR", secrets.toString()));
        environment.putAll(more);
        var timeouts = new SmtpTimeouts(Duration.ofSeconds(1), Duration.ofMillis(500));
        return new MailServer(new Settings("notifications", environment), timeouts);
    }

    private SmtpResult handOver(Mail mail) {
        return server(Map.of()).handOver(mail);
    }

    private static Mail mail(String to, String subject) {
        var text = "¿Fuiste tú?\n.\nhttp://127.0.0.1/verify-email?token=abc";
        return new Mail(ID, to, "es", subject, text, "<p>¿Fuiste tú?</p>", Instant.parse("2026-05-02T08:00:00Z"));
    }

    @Test
    void aMailArrivesAsTextAndHtmlWithAMessageIdOfItsOwn() throws Exception {
        var handOver = handOver(mail(TO, "Contraseña nueva ✓"));

        assertThat(handOver).isEqualTo(new SmtpResult.Accepted("<" + ID + "@aula.example>"));
        assertThat(scripted.takenFor(TO)).hasSize(1);
        var mail = scripted.takenFor(TO).getFirst();
        assertThat(mail.header("Message-ID")).isEqualTo("<" + ID + "@aula.example>");
        assertThat(mail.header("From")).isEqualTo("Aula <no-reply@aula.example>");
        assertThat(mail.header("To")).isEqualTo(TO);
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.header("Content-Language")).isEqualTo("es");
        assertThat(mail.header("Subject")).startsWith("=?UTF-8?");
        assertThat(mail.message().getSubject()).isEqualTo("Contraseña nueva ✓");
        assertThat(mail.message().getSentDate()).isEqualTo("2026-05-02T08:00:00Z");
        assertThat(mail.raw()).matches("[\\x00-\\x7f]*");
        var parts = (MimeMultipart) mail.message().getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
                .isEqualTo("¿Fuiste tú?\n.\nhttp://127.0.0.1/verify-email?token=abc");
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>¿Fuiste tú?</p>");
    }

    @Test
    void whatIsSentTwiceHasTheSameMessageId() {
        handOver(mail(TO, "Once"));
        handOver(mail(TO, "Twice"));

        assertThat(scripted.taken())
                .extracting(mail -> mail.header("Message-ID"))
                .hasSize(2)
                .containsOnly("<" + ID + "@aula.example>");
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 <ada@test.example> unknown, 550 5.1.1",
        "RCPT, 553 no such place, 553",
        "., 554 5.7.1 we think this is spam from ada@test.example, 554 5.7.1",
        "DATA, 554 no, 554"
    })
    void aRefusalOfTheAddressOrTheMailIsForGoodAndRepeatsNoAddress(String command, String reply, String codes) {
        scripted.answer(command, reply);

        assertThat(handOver(mail(TO, "Hello"))).isEqualTo(new SmtpResult.Refused(codes));
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 450 4.2.1 <ada@test.example> is busy, 450 4.2.1",
        "RCPT, 451 greylisted, 451",
        "., 452 4.3.1 no space, 452 4.3.1"
    })
    void aTemporaryRefusalMayPass(String command, String reply, String codes) {
        scripted.answer(command, reply);

        assertThat(handOver(mail(TO, "Hello"))).isEqualTo(new SmtpResult.Deferred(codes));
    }

    @ParameterizedTest
    @CsvSource({
        "HELLO, 554 no service here",
        "HELLO, 421 too busy",
        "EHLO, 421 closing",
        "MAIL, 550 5.7.1 this sender is not welcome",
        "MAIL, 530 5.7.0 sign in first",
        "RCPT, 421 closing",
        "., 421 closing"
    })
    void whatHoldsForAllMailsIsNotHeldAgainstOne(String command, String reply) {
        scripted.answer(command, reply);

        assertThat(handOver(mail(TO, "Hello"))).isInstanceOf(SmtpResult.Away.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELLO", "EHLO", "MAIL", "RCPT", "DATA", "."})
    void aServerThatFallsSilentIsAway(String command) {
        scripted.ignore(command);

        assertThat(handOver(mail(TO, "Hello"))).isInstanceOf(SmtpResult.Away.class);
    }

    @Test
    void aServerThatIsNotThereIsAway() throws Exception {
        scripted.leave();

        assertThat(handOver(mail(TO, "Hello"))).isInstanceOf(SmtpResult.Away.class);
    }

    @Test
    void aServerThatBreaksOffBeforeItsAnswerIsAway() {
        scripted.breakOffAfterTaking(1);

        assertThat(handOver(mail(TO, "Hello"))).isInstanceOf(SmtpResult.Away.class);
        assertThat(scripted.taken()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@test.example\r\nBcc: eve@test.example",
                "ada@test.example\nRCPT TO:<eve@test.example>",
                "ada@test.example, eve@test.example",
                "Ada <ada@test.example>\n",
                "no address",
                "ádá@test.example",
                ""
            })
    void whatIsNoSingleAddressIsNeverSent(String to) {
        assertThat(handOver(mail(to, "Hello"))).isEqualTo(new SmtpResult.Refused("malformed address"));
        assertThat(scripted.said()).isEmpty();
    }

    @Test
    void aSubjectCannotBringHeadersOfItsOwn() {
        handOver(mail(TO, "Hello\r\nBcc: eve@test.example\r\n\r\n<script>"));

        for (var mail : scripted.taken()) {
            assertThat(mail.header("Bcc")).isNull();
        }
        assertThat(scripted.said()).noneMatch(line -> line.contains("eve@"));
    }

    @Test
    void itSignsInWithTheSecrets() throws Exception {
        writeSecrets();
        scripted.answer("EHLO", "250-scripted\r\n250 AUTH PLAIN");

        assertThat(handOver(mail(TO, "Hello"))).isInstanceOf(SmtpResult.Accepted.class);
        assertThat(scripted.said()).anyMatch(line -> line.startsWith("AUTH PLAIN"));
    }

    @Test
    void aWrongPasswordIsNotHeldAgainstTheMail() throws Exception {
        writeSecrets();
        scripted.answer("EHLO", "250-scripted\r\n250 AUTH PLAIN");
        scripted.answer("AUTH", "535 5.7.8 no");

        assertThat(handOver(mail(TO, "Hello"))).isEqualTo(new SmtpResult.Away("sign-in refused"));
    }

    @Test
    void withoutTheTlsThatIsAskedForNothingIsSent() {
        var handOver = server(Map.of("SMTP_URL", scripted.url() + "?starttls=required"))
                .handOver(mail(TO, "Hello"));

        assertThat(handOver).isInstanceOf(SmtpResult.Away.class);
        assertThat(scripted.said()).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void anAddressOfAServerSaysHowToReachIt() {
        assertThat(SmtpAddress.parse("smtps://mail.test.example"))
                .isEqualTo(new SmtpAddress("smtps", "mail.test.example", 465, SmtpAddress.StartTls.OPTIONAL));
        assertThat(SmtpAddress.parse("smtp://mail.test.example:587?starttls=required")
                        .startTls())
                .isEqualTo(SmtpAddress.StartTls.REQUIRED);
        for (var wrong :
                new String[] {"mail.test.example:25", "http://mail", "smtp://", "smtp://a:1?tls=1", "smtp://u:p@a"}) {
            assertThatThrownBy(() -> SmtpAddress.parse(wrong)).hasMessageContaining("SMTP_URL names no mail server");
        }
    }

    @Test
    void aPasswordIsNeverToldInClearOverANetwork() {
        assertThat(SmtpAddress.parse("smtp://mail.test.example?starttls=off")
                        .withPassword()
                        .startTls())
                .isEqualTo(SmtpAddress.StartTls.REQUIRED);
        assertThat(SmtpAddress.parse("smtp://127.0.0.1:25?starttls=off")
                        .withPassword()
                        .startTls())
                .isEqualTo(SmtpAddress.StartTls.OFF);
    }

    private void writeSecrets() throws IOException {
        Files.createDirectory(secrets.resolve("smtp"));
        Files.writeString(secrets.resolve("smtp/user"), "aula\n");
        Files.writeString(secrets.resolve("smtp/password"), "secret\n");
    }
}
