package org.aula.notifications.smtp;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a failure of sending means. Only what the server says of the recipient or of the mail itself is
/// held against the mail. Whatever it says before (no greeting, no sign-in, the sender is not welcome)
/// holds for all mails, until somebody mends it.
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /// "Service not available, closing": RFC 5321, 3.8.
    private static final int CLOSING = 421;

    /// The enhanced code of RFC 3463 behind the reply's code.
    private static final Pattern ENHANCED = Pattern.compile("^\\d{3}[ -](\\d\\.\\d{1,3}\\.\\d{1,3})(?!\\S)");

    private Failures() {}

    static SmtpResult of(MessagingException failure) {
        var chain = chain(failure);
        for (var link : chain) {
            switch (link) {
                case SMTPAddressFailedException address -> {
                    return byCode(address.getReturnCode(), address.getMessage());
                }
                case SMTPSenderFailedException sender -> {
                    return senderRefused(sender.getReturnCode());
                }
                case AuthenticationFailedException wrong -> {
                    LOG.error("the mail server does not accept smtp/user and smtp/password");
                    return new SmtpResult.Away("sign-in refused");
                }
                default -> {}
            }
        }
        for (var link : chain) {
            if (link instanceof SMTPSendFailedException refused) {
                if (refused.getCommand().startsWith("MAIL")) {
                    return senderRefused(refused.getReturnCode());
                }
                return byCode(refused.getReturnCode(), refused.getMessage());
            }
        }
        return new SmtpResult.Away(chain.getLast().getClass().getSimpleName());
    }

    private static SmtpResult senderRefused(int code) {
        LOG.error("the mail server takes no mail of this sender: {}", code);
        return new SmtpResult.Away("sender refused, " + code);
    }

    private static SmtpResult byCode(int code, @Nullable String message) {
        if (code == CLOSING || code < 400) {
            return new SmtpResult.Away(code < 400 ? "connection lost" : Integer.toString(code));
        }
        var enhanced = ENHANCED.matcher(message == null ? "" : message);
        var reply = enhanced.find() ? code + " " + enhanced.group(1) : Integer.toString(code);
        return code >= 500 ? new SmtpResult.Refused(reply) : new SmtpResult.Deferred(reply);
    }

    private static List<Exception> chain(MessagingException failure) {
        var chain = new ArrayList<Exception>();
        Exception link = failure;
        while (link != null && !chain.contains(link)) {
            chain.add(link);
            link = link instanceof MessagingException messaging ? messaging.getNextException() : null;
        }
        return chain;
    }
}
