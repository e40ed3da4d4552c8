package org.aula.grades.quiz;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/// How a question is answered, with its keys.
public sealed interface QuestionForm {

    /// True or false.
    record TrueFalse(boolean correct) implements QuestionForm {}

    /// One or any of several options.
    ///
    /// @param single whether one option at most can be chosen
    /// @param keepOrder whether the options are never shuffled
    record Choice(
            List<String> options, Set<String> correct, boolean single, PartialCredit partialCredit, boolean keepOrder)
            implements QuestionForm {}

    /// A few words or a number.
    record ShortAnswer(List<Accepted> accepted, int maxCharacters) implements QuestionForm {}

    /// A text that a person grades.
    record Essay() implements QuestionForm {}

    /// A program that a person grades.
    record Code() implements QuestionForm {}

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
