package org.aula.auth.account;

/// An account before and after a change.
public record AccountChange(Account before, Account after) {

    /// A change that led nowhere new.
    public static AccountChange none(Account account) {
        return new AccountChange(account, account);
    }

    public boolean isNone() {
        return before.equals(after);
    }
}
