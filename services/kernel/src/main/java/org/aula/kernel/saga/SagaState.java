package org.aula.kernel.saga;

/// How far a saga has come.
public enum SagaState {
    /// Its steps are being done.
    RUNNING,
    /// Its steps are being undone.
    COMPENSATING,
    /// A step cannot be undone: somebody has to look. It is tried again, seldom.
    STUCK,
    /// All steps are done.
    COMPLETED,
    /// All steps are undone.
    FAILED;

    /// Whether it will change no more by itself.
    public boolean isEnded() {
        return this == COMPLETED || this == FAILED;
    }
}
