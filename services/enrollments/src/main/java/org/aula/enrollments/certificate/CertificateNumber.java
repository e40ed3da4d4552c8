package org.aula.enrollments.certificate;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is printed on a certificate: 15 random characters of Crockford's base 32 (75 bits, so nobody guesses
/// one) and a check character by the Luhn algorithm modulo 32, which finds every single mistyped character
/// and nearly every swap of neighbours (<https://en.wikipedia.org/wiki/Luhn_mod_N_algorithm>).
///
/// @param text 16 characters without hyphens
record CertificateNumber(String text) {

    /// <https://www.crockford.com/base32.html>: no I, L, O and U.
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 16;
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// A number as the column of its text.
    @Singleton
    static final class Column implements AttributeConverter<CertificateNumber, String> {

        @Override
        public @Nullable String convertToPersistedValue(@Nullable CertificateNumber number, ConversionContext context) {
            return number == null ? null : number.text();
        }

        @Override
        public @Nullable CertificateNumber convertToEntityValue(@Nullable String text, ConversionContext context) {
            return text == null ? null : new CertificateNumber(text);
        }
    }

    static CertificateNumber random() {
        var body = new StringBuilder(LENGTH);
        for (int index = 0; index < LENGTH - 1; index++) {
            body.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new CertificateNumber(body.toString() + check(body));
    }

    /// Reads what a person typed: case, spaces and hyphens do not matter, O is 0, I and L are 1.
    ///
    /// @return empty when no certificate can have this number
    static Optional<CertificateNumber> parse(String typed) {
        var text = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        var wellFormed = text.length() == LENGTH && text.chars().allMatch(letter -> ALPHABET.indexOf(letter) >= 0);
        return wellFormed && check(text.substring(0, LENGTH - 1)) == text.charAt(LENGTH - 1)
                ? Optional.of(new CertificateNumber(text))
                : Optional.empty();
    }

    /// As it is printed: in groups of four.
    String printed() {
        return String.join("-", text.split("(?<=\\G.{" + GROUP + "})"));
    }

    /// From the right every second character counts double; of what is above 31 the digits are added.
    private static char check(CharSequence body) {
        var base = ALPHABET.length();
        var sum = 0;
        for (int index = body.length() - 1, factor = 2; index >= 0; index--, factor = 3 - factor) {
            var addend = factor * ALPHABET.indexOf(body.charAt(index));
            sum += addend / base + addend % base;
        }
        return ALPHABET.charAt((base - sum % base) % base);
    }
}
