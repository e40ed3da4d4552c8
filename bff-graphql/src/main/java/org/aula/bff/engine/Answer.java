package org.aula.bff.engine;

import java.util.Map;

/// The answer to an operation.
///
/// @param body `data`, `errors` and `extensions`
/// @param outcome what became of the operation
/// @param maxAge seconds for which any cache may keep it; 0 for none
/// @param cost what the operation cost if it ran, else 0
public record Answer(Map<String, Object> body, Outcome outcome, int maxAge, int cost) {

    /// What became of an operation.
    public enum Outcome {
        /// It ran, if only in part.
        EXECUTED,
        /// It was refused before it ran.
        REFUSED,
        /// It changes something and came by a method that must not.
        NOT_SAFE
    }
}
