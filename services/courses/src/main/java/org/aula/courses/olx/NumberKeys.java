package org.aula.courses.olx;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aula.courses.olx.ImportedAnswer.Key;

/// Numbers and ranges as problems write them, as far as a question can hold them: no formulas, and of
/// ranges those whose ends are part of them.
final class NumberKeys {
    private static final int MAX_LENGTH = 40;
    private static final String NUMBER = "[+-]?(?:\\d{1,60}(?:\\.\\d{0,60})?|\\.\\d{1,60})(?:[eE][+-]?\\d{1,3})?";
    private static final Pattern PLAIN = Pattern.compile(NUMBER);
    private static final Pattern RANGE = Pattern.compile("\\[\\s*(" + NUMBER + ")\\s*,\\s*(" + NUMBER + ")\\s*]");
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private NumberKeys() {}

    /// @param tolerance as `responseparam` writes it: a number, or percent of the answer; empty for none
    /// @return empty when a question cannot hold it
    static Optional<Key.Number> read(String answer, String tolerance) {
        Matcher range = RANGE.matcher(answer);
        if (range.matches()) {
            return range(new BigDecimal(range.group(1)), new BigDecimal(range.group(2)));
        }
        if (!PLAIN.matcher(answer).matches()) {
            return Optional.empty();
        }
        var value = new BigDecimal(answer);
        boolean percent = tolerance.endsWith("%");
        String number = percent ? tolerance.substring(0, tolerance.length() - 1).strip() : tolerance;
        if (number.isEmpty()) {
            return text(value).map(text -> new Key.Number(text, "", false));
        }
        if (!PLAIN.matcher(number).matches()) {
            return Optional.empty();
        }
        return key(value, new BigDecimal(number), percent);
    }

    private static Optional<Key.Number> range(BigDecimal from, BigDecimal to) {
        return key(from.add(to).divide(TWO), to.subtract(from).divide(TWO), false);
    }

    private static Optional<Key.Number> key(BigDecimal value, BigDecimal tolerance, boolean percent) {
        if (tolerance.signum() < 0) {
            return Optional.empty();
        }
        // Percent of 0 are 0.
        boolean none = tolerance.signum() == 0 || percent && value.signum() == 0;
        Optional<String> far = none ? Optional.of("") : text(tolerance);
        return text(value).flatMap(text -> far.map(off -> new Key.Number(text, off, percent && !none)));
    }

    private static Optional<String> text(BigDecimal number) {
        String plain = number.toPlainString();
        return Optional.of(plain.length() <= MAX_LENGTH ? plain : number.toString())
                .filter(text -> text.length() <= MAX_LENGTH);
    }
}
