package org.aula.notifications.smtp;

import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import org.aula.kernel.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mail server of `SMTP_URL`, see [SmtpAddress]. It is told `smtp/user` and `smtp/password` when these
/// secrets are there. `MAIL_FROM` is whom mails come from, `SMTP_HELLO` how this side names itself.
@Singleton
public final class MailServer {

    private static final Logger LOG = LoggerFactory.getLogger(MailServer.class);
    private static final String UTF_8 = "UTF-8";

    private final SmtpAddress address;
    private final InternetAddress from;
    private final @Nullable String user;
    private final @Nullable String password;
    private final Session session;

    MailServer(Settings settings, SmtpTimeouts timeouts) {
        var known = Files.exists(Path.of(settings.get("SECRETS_DIR"), "smtp", "password"));
        var parsed = SmtpAddress.parse(settings.get("SMTP_URL"));
        this.address = known ? parsed.withPassword() : parsed;
        this.user = known ? settings.secret("smtp/user") : null;
        this.password = known ? settings.secret("smtp/password") : null;
        this.from = sender(settings.get("MAIL_FROM", "Aula <no-reply@aula.example>"));
        this.session = Session.getInstance(properties(settings.get("SMTP_HELLO", domain()), timeouts));
    }

    /// Hands one mail over. It ends: connecting and each of the server's answers have their time.
    public SmtpResult handOver(Mail mail) {
        MimeMessage message;
        InternetAddress to;
        try {
            to = recipient(mail.to());
            message = message(mail, to);
        } catch (MessagingException malformed) {
            LOG.warn(
                    "mail {} cannot be written: {}",
                    mail.id(),
                    malformed.getClass().getSimpleName());
            return new SmtpResult.Refused("malformed address");
        }
        var accepted = false;
        try (var transport = session.getTransport(address.protocol())) {
            transport.connect(address.host(), address.port(), user, password);
            transport.sendMessage(message, new InternetAddress[] {to});
            accepted = true;
        } catch (MessagingException failure) {
            if (!accepted) {
                return Failures.of(failure);
            }
            LOG.debug("the mail server took {} and then broke off", mail.id());
        }
        return new SmtpResult.Accepted(messageId(mail.id()));
    }

    /// The Message-ID of a mail: the same whenever it is sent.
    String messageId(UUID id) {
        return "<" + id + "@" + domain() + ">";
    }

    private MimeMessage message(Mail mail, InternetAddress to) throws MessagingException {
        var id = messageId(mail.id());
        var message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(mail.subject(), UTF_8);
        message.setSentDate(Date.from(mail.date()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setContentLanguage(new String[] {mail.language()});
        var text = new MimeBodyPart();
        text.setText(mail.text(), UTF_8, "plain");
        var html = new MimeBodyPart();
        html.setText(mail.html(), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        return message;
    }

    /// One address and nothing else: no list, no name, no second line.
    private static InternetAddress recipient(String text) throws AddressException {
        if (text.codePoints().anyMatch(character -> Character.isISOControl(character) || character > 126)) {
            throw new AddressException("an address of other characters");
        }
        return new InternetAddress(text, true);
    }

    private static InternetAddress sender(String text) {
        try {
            return new InternetAddress(text, true);
        } catch (AddressException malformed) {
            throw new IllegalStateException("MAIL_FROM is no address: " + text, malformed);
        }
    }

    private String domain() {
        var text = from.getAddress();
        return text.substring(text.lastIndexOf('@') + 1);
    }

    private Properties properties(String hello, SmtpTimeouts timeouts) {
        var prefix = "mail." + address.protocol() + ".";
        var answer = Long.toString(timeouts.answerWithin().toMillis());
        var properties = new Properties();
        properties.setProperty(prefix + "localhost", hello);
        properties.setProperty(
                prefix + "connectiontimeout",
                Long.toString(timeouts.connectWithin().toMillis()));
        properties.setProperty(prefix + "timeout", answer);
        properties.setProperty(prefix + "writetimeout", answer);
        properties.setProperty(prefix + "quitwait", "false");
        properties.setProperty(prefix + "auth", Boolean.toString(user != null));
        properties.setProperty(
                prefix + "starttls.enable", Boolean.toString(address.startTls() != SmtpAddress.StartTls.OFF));
        properties.setProperty(
                prefix + "starttls.required", Boolean.toString(address.startTls() == SmtpAddress.StartTls.REQUIRED));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        return properties;
    }
}
