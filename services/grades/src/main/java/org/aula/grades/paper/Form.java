package org.aula.grades.paper;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/// How a question is answered, with its keys.
public sealed interface Form {

    /// True or false.
    record TrueFalse(boolean correct) implements Form {}

    /// One or any of several options.
    ///
    /// @param single whether one option at most can be chosen
    /// @param keepOrder whether the options are never shuffled
    record Choice(
            List<String> options, Set<String> correct, boolean single, PartialCredit partialCredit, boolean keepOrder)
            implements Form {}

    /// A few words or a number.
    record ShortAnswer(List<Accepted> accepted, int maxLetters) implements Form {}

    /// A text that a person grades.
    record Essay() implements Form {}

    /// A program that a person grades.
    record Code() implements Form {}

    /// As in the contract, without prefix.
    enum PartialCredit {
        ALL_OR_NOTHING,
        PER_OPTION,
        RIGHT_MINUS_WRONG
    }

    /// An accepted answer and what it is worth.
    ///
    /// @param creditPercent part of the points
    record Accepted(Key key, int creditPercent) {}

    /// What is accepted.
    sealed interface Key {

        /// These words.
        record Words(String value, boolean caseSensitive, boolean ignoreAccents) implements Key {}

        /// Words of a pattern, which takes time linear in their number.
        record Expression(Pattern pattern) implements Key {}

        /// A number.
        ///
        /// @param tolerance how far an answer may be off, to both sides
        record Number(BigDecimal value, BigDecimal tolerance) implements Key {}
    }
}
