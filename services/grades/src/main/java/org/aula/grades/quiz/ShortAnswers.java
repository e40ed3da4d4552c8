package org.aula.grades.quiz;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aula.grades.quiz.QuestionForm.Key;

/// Whether a short answer is one that is accepted. What learners write is bounded by the question's
/// letters, and each step takes time linear in them.
final class ShortAnswers {

    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0]+");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]{1,100}(?:\\.[0-9]{0,100})?|\\.[0-9]{1,100})(?:[eE][+-]?[0-9]{1,3})?");
    private static final char MINUS_SIGN = '\u2212';

    private ShortAnswers() {}

    /// What the first accepted answer that matches is worth; 0 for none.
    static int creditPercent(QuestionForm.ShortAnswer form, String given) {
        var text = Normalizer.normalize(given, Normalizer.Form.NFKC).strip();
        if (text.isEmpty()) {
            return 0;
        }
        return form.accepted().stream()
                .filter(accepted -> matches(accepted.key(), text))
                .findFirst()
                .map(QuestionForm.Accepted::creditPercent)
                .orElse(0);
    }

    private static boolean matches(Key key, String text) {
        return switch (key) {
            case Key.Words words -> plain(text, words).equals(plain(words.value(), words));
            case Key.Expression expression -> expression.pattern().matches(text);
            case Key.Number number ->
                number(text)
                        .filter(value -> value.subtract(number.value()).abs().compareTo(number.tolerance()) <= 0)
                        .isPresent();
        };
    }

    private static String plain(String text, Key.Words rule) {
        var plain = SPACES.matcher(
                        Normalizer.normalize(text, Normalizer.Form.NFKC).strip())
                .replaceAll(" ");
        if (rule.ignoreAccents()) {
            var apart = Normalizer.normalize(plain, Normalizer.Form.NFD);
            plain = Normalizer.normalize(ACCENTS.matcher(apart).replaceAll(""), Normalizer.Form.NFKC);
        }
        // By way of capital letters, so that ß and SS are the same, and all forms of sigma.
        return rule.caseSensitive() ? plain : plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static Optional<BigDecimal> number(String text) {
        var written = text.replace(MINUS_SIGN, '-').replace(',', '.');
        return NUMBER.matcher(written).matches() ? Optional.of(new BigDecimal(written)) : Optional.empty();
    }
}
