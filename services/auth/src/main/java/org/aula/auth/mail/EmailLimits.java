package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.key.HmacTokens;
import org.aula.auth.limit.Network;
import org.aula.auth.limit.RateLimitCounter;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;

/// Bounds how many emails may be asked for: for each account, and from each address of the net.
///
/// Visitors are counted by the e-mail address that they say, unreadably and whether an account has it
/// or not, so that the bound tells nobody which addresses are known.
@Singleton
public final class EmailLimits {

    private static final String PREFIX = "rate_limit:mail:";

    private final RateLimitCounter counts;
    private final HmacTokens codes;
    private final MailSettings settings;

    EmailLimits(RateLimitCounter counts, HmacTokens codes, MailSettings settings) {
        this.counts = counts;
        this.codes = codes;
        this.settings = settings;
    }

    /// Counts an email that a signed-in person asks for.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with MAIL_LIMITED
    public void take(UUID accountId) {
        takeOfNetwork();
        take("account:" + accountId, settings.emailsPerAccount());
    }

    /// Counts an email that a visitor asks for.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with MAIL_LIMITED
    public void take(String email) {
        takeOfNetwork();
        take("account:" + codes.code("mail", email.toLowerCase(Locale.ROOT)), settings.emailsPerAccount());
    }

    private void takeOfNetwork() {
        var remoteAddress = CallScope.current().clientInfo().remoteAddress();
        if (!remoteAddress.isEmpty()) {
            take(Network.of(remoteAddress), settings.emailsPerAddress());
        }
    }

    /// Counts first and looks afterwards, so that those who come at once do not pass together.
    private void take(String key, int most) {
        var attempts = counts.add(PREFIX + key, settings.emailWindow());
        if (attempts.count() > most) {
            throw Errors.exhausted(
                    ErrorReason.ERROR_REASON_MAIL_LIMITED,
                    "too many emails were asked for; try again later",
                    attempts.left().plus(Duration.ofSeconds(1)).truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
