package org.aula.kernel.saga;

/// What came of an action of a [SagaStep].
///
/// @param isDone false when somebody else will say so, by [Sagas#completeStep] or [Sagas#failStep]
/// @param write done in the transaction that notes the result, so that both or neither are there
public record StepResult(boolean isDone, Runnable write) {

    private static final Runnable NOTHING = () -> {};

    /// It is done.
    public static StepResult done() {
        return done(NOTHING);
    }

    /// It is done, and this is written with it.
    public static StepResult done(Runnable write) {
        return new StepResult(true, write);
    }

    /// It is begun, and an event or a call will tell its outcome.
    public static StepResult waiting() {
        return waiting(NOTHING);
    }

    /// It is begun by what is written with it, such as an event, and its outcome will be told.
    public static StepResult waiting(Runnable write) {
        return new StepResult(false, write);
    }
}
