package org.aula.courses.olx;

import java.util.List;

/// How a question is answered, with its key.
public sealed interface ImportedAnswer {

    /// One of 2 to 26 options.
    ///
    /// @param right place of the right one, from 0
    /// @param shuffled whether each learner gets them in an order of its own
    record One(List<Option> options, int right, boolean shuffled) implements ImportedAnswer {
        public One {
            options = List.copyOf(options);
        }
    }

    /// Any of 2 to 26 options.
    ///
    /// @param right places of the right ones, from 0; at least one
    /// @param eachCounts whether an answer that is right in part is worth a part
    record Any(List<Option> options, List<Integer> right, boolean eachCounts, boolean shuffled)
            implements ImportedAnswer {
        public Any {
            options = List.copyOf(options);
            right = List.copyOf(right);
        }
    }

    /// A few words or a number: 1 to 20 answers, the first that matches decides.
    record Short(List<Accepted> accepted) implements ImportedAnswer {
        public Short {
            accepted = List.copyOf(accepted);
        }
    }

    /// @param html sanitised, never blank
    /// @param feedback for who chose it, sanitised; may be empty
    record Option(String html, String feedback) {}

    /// An answer that is accepted.
    ///
    /// @param creditPercent part of the points that it is worth
    /// @param feedback for who answered so, sanitised; may be empty
    record Accepted(Key key, int creditPercent, String feedback) {}

    /// What an answer is compared with.
    sealed interface Key {
        /// The same words.
        record Words(String value, boolean caseSensitive) implements Key {}

        /// A regular expression for the whole answer; nobody has tried yet whether it is one.
        record Expression(String value, boolean caseSensitive) implements Key {}

        /// A decimal number.
        ///
        /// @param tolerance decimal, to both sides; empty for none
        /// @param percent whether the tolerance is percent of the value
        record Number(String value, String tolerance, boolean percent) implements Key {}
    }
}
