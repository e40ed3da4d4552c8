package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.key.SecretCodes;
import org.aula.auth.limit.AttemptCounts;
import org.aula.auth.limit.Network;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;

/// Bounds how many letters may be asked for: for each account, and from each address of the net.
///
/// Visitors are counted by the e-mail address that they say, unreadably and whether an account has it
/// or not, so that the bound tells nobody which addresses are known.
@Singleton
public final class LetterLimits {

    private static final String PREFIX = "rate_limit:mail:";

    private final AttemptCounts counts;
    private final SecretCodes codes;
    private final MailSettings settings;

    LetterLimits(AttemptCounts counts, SecretCodes codes, MailSettings settings) {
        this.counts = counts;
        this.codes = codes;
        this.settings = settings;
    }

    /// Counts a letter that a signed-in person asks for.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with MAIL_LIMITED
    public void take(UUID accountId) {
        takeOfNetwork();
        take("account:" + accountId, settings.lettersPerAccount());
    }

    /// Counts a letter that a visitor asks for.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with MAIL_LIMITED
    public void take(String email) {
        takeOfNetwork();
        take("account:" + codes.code("mail", email.toLowerCase(Locale.ROOT)), settings.lettersPerAccount());
    }

    private void takeOfNetwork() {
        var remoteAddress = CallScope.current().origin().remoteAddress();
        if (!remoteAddress.isEmpty()) {
            take(Network.of(remoteAddress), settings.lettersPerAddress());
        }
    }

    /// Counts first and looks afterwards, so that those who come at once do not pass together.
    private void take(String key, int most) {
        var attempts = counts.add(PREFIX + key, settings.letterWindow());
        if (attempts.count() > most) {
            throw Errors.exhausted(
                    ErrorReason.ERROR_REASON_MAIL_LIMITED,
                    "too many letters were asked for; try again later",
                    attempts.left().plus(Duration.ofSeconds(1)).truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
