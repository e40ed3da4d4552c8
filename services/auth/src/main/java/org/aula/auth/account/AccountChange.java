package org.aula.auth.account;

/// An account before and after a change.
record AccountChange(Account before, Account after) {

    /// A change that led nowhere new.
    static AccountChange none(Account account) {
        return new AccountChange(account, account);
    }

    boolean isNone() {
        return before.equals(after);
    }
}
