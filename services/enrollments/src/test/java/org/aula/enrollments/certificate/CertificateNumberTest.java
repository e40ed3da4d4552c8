package org.aula.enrollments.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
final class CertificateNumberTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @Test
    void numbers_differ_and_read_as_they_are_printed() {
        var seen = new HashSet<String>();
        for (int count = 0; count < 1_000; count++) {
            var number = CertificateNumber.random();
            assertThat(number.printed()).matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}");
            assertThat(CertificateNumber.parse(number.printed())).contains(number);
            assertThat(CertificateNumber.parse(number.printed().toLowerCase(java.util.Locale.ROOT)))
                    .contains(number);
            assertThat(CertificateNumber.parse(
                            " " + number.text().replace('0', 'o').replace('1', 'l') + " "))
                    .contains(number);
            assertThat(seen.add(number.text())).isTrue();
        }
    }

    @Test
    void every_single_mistyped_character_is_found() {
        var number = CertificateNumber.random().text();
        for (int index = 0; index < number.length(); index++) {
            for (int letter = 0; letter < ALPHABET.length(); letter++) {
                var typed = new StringBuilder(number);
                typed.setCharAt(index, ALPHABET.charAt(letter));
                assertThat(CertificateNumber.parse(typed.toString()).isPresent())
                        .as(number + " typed as " + typed)
                        .isEqualTo(typed.toString().equals(number));
            }
        }
    }

    /// All but one kind: the first and the last character of the alphabet.
    @Test
    void swapped_neighbours_are_found() {
        var number = CertificateNumber.random().text();
        for (int index = 0; index + 1 < number.length(); index++) {
            var first = number.charAt(index);
            var second = number.charAt(index + 1);
            if (first != second && !("0Z".indexOf(first) >= 0 && "0Z".indexOf(second) >= 0)) {
                var typed = new StringBuilder(number);
                typed.setCharAt(index, second);
                typed.setCharAt(index + 1, first);
                assertThat(CertificateNumber.parse(typed.toString()))
                        .as(number + " typed as " + typed)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "0000", "0000-0000-0000-000U", "00000000000000000", "<script>", "０"})
    void what_is_no_number_is_none(String typed) {
        assertThat(CertificateNumber.parse(typed)).isEmpty();
    }
}
