package org.aula.auth.registration;

/// How far a registration has come.
public enum SagaState {
    /// The account exists and the users service works on the rest.
    RUNNING,
    /// It took too long: the account is deleted and the users service undoes the rest.
    COMPENSATING,
    /// The whole user exists.
    COMPLETED,
    /// Nothing of it was kept.
    FAILED;

    /// Whether it can no longer end well or has ended.
    boolean isDecided() {
        return this != RUNNING;
    }
}
