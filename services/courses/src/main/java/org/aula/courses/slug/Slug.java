package org.aula.courses.slug;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A name in addresses, made of a title: lower-case letters and digits of any script, words joined by
/// hyphens.
///
/// @param text never empty, at most 100 characters
record Slug(String text) {

    private static final int MAX_LENGTH = 100;
    private static final int CANDIDATES_AT_ONCE = 50;

    /// @param otherwise for a title without a single letter or digit
    static Slug of(String title, String otherwise) {
        var withoutAccents = Normalizer.normalize(title, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
        var words = Normalizer.normalize(withoutAccents, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-");
        var cut = words.codePoints()
                .limit(MAX_LENGTH)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .replaceAll("^-|-$", "");
        return new Slug(cut.isEmpty() ? otherwise : cut);
    }

    /// Names to try in turn: itself, then `-2`, `-3` and so on.
    ///
    /// @param round 0 for the first names
    List<String> candidates(int round) {
        var first = round * CANDIDATES_AT_ONCE + 1;
        return IntStream.range(first, first + CANDIDATES_AT_ONCE)
                .mapToObj(number -> number == 1 ? text : text + "-" + number)
                .toList();
    }
}
