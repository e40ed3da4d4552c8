package org.aula.courses.imports;

import org.aula.kernel.contract.Names;

/// Bounds of texts.
final class Texts {

    private Texts() {}

    /// The beginning of a text, no longer than this many characters.
    static String truncate(String text, int longest) {
        var end = text.offsetByCodePoints(0, Math.min(longest, text.codePointCount(0, text.length())));
        return text.substring(0, end);
    }

    /// A title as the contract takes it, see its rule `name`; may be empty.
    static String title(String text, int longest) {
        return truncate(Names.clean(text), longest).strip();
    }
}
