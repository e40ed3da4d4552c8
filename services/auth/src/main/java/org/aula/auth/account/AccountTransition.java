package org.aula.auth.account;

/// What moves an account from one state to another. The contract's policies say who may do it.
public enum AccountTransition {
    /// The address proved to be the person's. Done by whoever has the email.
    VERIFY,
    /// Into full use again. Done by an administrator.
    ACTIVATE,
    /// Put aside. Done by its owner or an administrator.
    DEACTIVATE,
    /// Barred. Done by an administrator.
    SUSPEND
}
