package org.aula.notifications.smtp;

/// What became of a mail that was to be handed over. What servers say beside their codes is left out, since
/// it repeats addresses.
public sealed interface SmtpResult {

    /// The server has taken it.
    ///
    /// @param messageId its Message-ID
    record Accepted(String messageId) implements SmtpResult {}

    /// The server will never take it for this address.
    ///
    /// @param reply codes, such as `550 5.1.1`
    record Refused(String reply) implements SmtpResult {}

    /// The server does not take it now.
    ///
    /// @param reply codes, such as `450 4.2.1`
    record Deferred(String reply) implements SmtpResult {}

    /// No server was reached, or it takes no mail at all. It may have taken this one if it went before it
    /// could say so.
    ///
    /// @param what happened, in a word or two
    record Away(String what) implements SmtpResult {}
}
