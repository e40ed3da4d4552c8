package org.aula.auth.mail;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.auth` of the service's `application.yml` sets.
///
/// @param verificationLife how long the link of a verification is good
/// @param resetLife how long the link of a password reset is good
/// @param emailWindow the time over which emails are counted, from the first; at most an hour
/// @param emailsPerAccount emails that may be asked for in it for one account or e-mail address
/// @param emailsPerAddress emails that may be asked for in it from one address of the net
/// @param emailsPerNet emails that may be asked for in it from the net around an address
/// @param emailTokensKept how long tokens of links are kept past their time
/// @param emailChangesKept how long an address before a change is known
/// @param emailRequestsKept how long it is known that an email was asked for
@ConfigurationProperties("aula.auth")
record MailSettings(
        Duration verificationLife,
        Duration resetLife,
        Duration emailWindow,
        int emailsPerAccount,
        int emailsPerAddress,
        int emailsPerNet,
        Duration emailTokensKept,
        Duration emailChangesKept,
        Duration emailRequestsKept) {}
