package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.aula.kernel.sort.SortKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class SortKeysTest {

    private static List<String> sorted(List<String> names) {
        var mixed = new java.util.ArrayList<>(names);
        Collections.shuffle(mixed, new Random(7));
        mixed.sort((one, other) -> Arrays.compareUnsigned(SortKeys.of(one), SortKeys.of(other)));
        return mixed;
    }

    @Test
    void namesStandWherePeopleLookForThem() {
        for (var names : List.of(
                List.of("Lesson 2", "Lesson 10", "Lesson 10a", "Lesson 100"),
                List.of("1st", "2nd", "10th", "Apple"),
                List.of("cote", "Cote", "coté", "côte", "cotes"),
                List.of("Ärger", "Zorn"),
                List.of("de la Cruz", "de Ville", "Delacroix", "delaware"),
                List.of("Straße", "Strassen"),
                List.of("e-Learning", "eLearning"),
                List.of("Øst", "Peter", "Zoë"),
                List.of("Ёлка", "Жук"),
                List.of("Zebra", "Ωμέγα", "Яблоко", "שלום", "العربية", "한국", "一"))) {
            assertThat(sorted(names)).isEqualTo(names);
        }
    }

    /// The last name decides, whatever the case of its letters, before the first name does.
    @Test
    void severalNamesAreComparedInTurnAtEveryLevel() {
        assertThat(Arrays.compareUnsigned(SortKeys.of("Smith", "Adam"), SortKeys.of("smith", "Bob")))
                .isNegative();
        assertThat(Arrays.compareUnsigned(SortKeys.of("smith", "Adam"), SortKeys.of("Smith", "Bob")))
                .isNegative();
        assertThat(Arrays.compareUnsigned(SortKeys.of("Smi", "thAdam"), SortKeys.of("Smith", "Adam")))
                .isNegative();
    }

    @Test
    void whatIsWrittenInTwoWaysIsOneName() {
        assertThat(SortKeys.of("e\u0301t\u00e9")).isEqualTo(SortKeys.of("\u00e9te\u0301"));
        assertThat(SortKeys.of("so\u00adft")).isEqualTo(SortKeys.of("soft"));
    }

    /// An index takes rows of some 2,700 bytes.
    @Test
    void everyKeyFitsAnIndex() {
        for (var letter : List.of("\ufdfa", "\ud83e\udd89", "한", "a\u0301\u0302\u0303")) {
            assertThat(SortKeys.of(letter.repeat(255)).length).isLessThan(400);
        }
        assertThat(SortKeys.of("").length).isPositive();
    }
}
