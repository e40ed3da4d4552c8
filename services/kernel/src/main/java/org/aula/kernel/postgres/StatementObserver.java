package org.aula.kernel.postgres;

/// Hears of every statement before it is sent, in the thread that sends it. Every bean of this type is told;
/// tests count statements by it.
@FunctionalInterface
public interface StatementObserver {

    /// A statement is about to be sent, by itself or with the COMMIT of its transaction.
    ///
    /// @param sql without the preamble
    void sending(String sql);
}
