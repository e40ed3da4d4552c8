package org.aula.auth.mail;

import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.UUID;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.key.HmacTokens;
import org.aula.auth.limit.NetworkLimits;

/// Bounds how many emails may be asked for: for each account, and from each address of the net.
///
/// Visitors are counted by the e-mail address that they say, unreadably and whether an account has it
/// or not, so that the bound tells nobody which addresses are known.
@Singleton
public final class EmailLimits {

    private final NetworkLimits limits;
    private final HmacTokens codes;
    private final MailSettings settings;
    private final NetworkLimits.Bound bound;

    EmailLimits(NetworkLimits limits, HmacTokens codes, MailSettings settings) {
        this.limits = limits;
        this.codes = codes;
        this.settings = settings;
        this.bound = new NetworkLimits.Bound(
                "rate_limit:mail:",
                settings.emailsPerAddress(),
                settings.emailsPerNet(),
                settings.emailWindow(),
                ErrorReason.ERROR_REASON_MAIL_LIMITED,
                "too many emails were asked for; try again later");
    }

    /// Counts an email that a signed-in person asks for.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with MAIL_LIMITED
    public void take(UUID accountId) {
        takeOf(accountId.toString());
    }

    /// Counts an email that a visitor asks for.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with MAIL_LIMITED
    public void take(String email) {
        takeOf(codes.code("mail", email.toLowerCase(Locale.ROOT)));
    }

    private void takeOf(String account) {
        limits.take(bound);
        limits.take("account:" + account, settings.emailsPerAccount(), bound);
    }
}
