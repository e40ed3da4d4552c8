package org.aula.auth.mail;



/// Letters that carry a link.
public enum LetterKind {
    /// Proves that an address is the person's.
    EMAIL_VERIFICATION,
    /// Lets a person who forgot the password set another.
    PASSWORD_RESET
}
