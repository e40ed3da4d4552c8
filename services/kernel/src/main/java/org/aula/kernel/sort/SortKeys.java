package org.aula.kernel.sort;

import com.ibm.icu.text.CollationKey;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;

/// Bytes that sort as people expect their names to: by letters first, then accents, then case; digits by the
/// numbers that they say; blanks and punctuation count. It is CLDR's root collation, which serves all
/// languages alike, since one list holds names of many.
///
/// A key begins with the version of its making, so that keys of another release of ICU are told apart: keys
/// of two versions do not compare. PostgreSQL compares `bytea` byte by byte, as keys want to be.
public final class SortKeys {

    /// Rises when what is set below changes.
    private static final byte SETTINGS = 1;

    /// Enough to tell names apart, and far below what a row of an index holds.
    private static final int MAX_BYTES = 300;

    private static final Collator COLLATOR = collator();
    private static final byte[] VERSION = version();

    private SortKeys() {}

    /// The key of a name; of several, such as last name and first name, as if each were compared in turn at
    /// every level. Equal for names that differ in invisible characters only.
    public static byte[] of(String name, String... others) {
        var key = COLLATOR.getCollationKey(name);
        for (var other : others) {
            key = key.merge(COLLATOR.getCollationKey(other));
        }
        var bytes = withoutEnd(key);
        var all = Arrays.copyOf(VERSION, VERSION.length + Math.min(bytes.length, MAX_BYTES));
        System.arraycopy(bytes, 0, all, VERSION.length, all.length - VERSION.length);
        return all;
    }

    /// No key of this version sorts before it.
    static byte[] first() {
        return VERSION.clone();
    }

    /// Every key of this version sorts before it.
    static byte[] end() {
        var end = VERSION.clone();
        var last = end.length - 1;
        while (end[last] == -1) {
            end[last--] = 0;
        }
        end[last]++;
        return end;
    }

    private static byte[] withoutEnd(CollationKey key) {
        var bytes = key.toByteArray();
        return Arrays.copyOf(bytes, bytes.length - 1);
    }

    private static Collator collator() {
        var collator = (RuleBasedCollator) Collator.getInstance(ULocale.ROOT);
        collator.setStrength(Collator.TERTIARY);
        collator.setDecomposition(Collator.CANONICAL_DECOMPOSITION);
        collator.setAlternateHandlingShifted(false);
        collator.setNumericCollation(true);
        return collator.freeze();
    }

    private static byte[] version() {
        var icu = COLLATOR.getVersion();
        return new byte[] {
            SETTINGS, (byte) icu.getMajor(), (byte) icu.getMinor(), (byte) icu.getMilli(), (byte) icu.getMicro()
        };
    }
}
