package org.aula.notifications.delivery;

/// What became of one try to deliver an email.
sealed interface Outcome {

    /// The mail server has it.
    ///
    /// @param language that it is written in
    record Sent(String messageId, String language) implements Outcome {}

    /// It has nothing to say any more.
    record Dropped(String reason) implements Outcome {}

    /// It will never be taken.
    record Refused(String error) implements Outcome {}

    /// It was not taken and may be later.
    record Deferred(String error) implements Outcome {}

    /// Something that every email needs is away: nothing is held against this one.
    record Away(String what) implements Outcome {}
}
