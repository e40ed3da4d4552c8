package org.aula.auth.mail;

/// Emails that carry a link.
public enum EmailKind {
    /// Proves that an address is the person's.
    EMAIL_VERIFICATION,
    /// Lets a person who forgot the password set another.
    PASSWORD_RESET
}
