package org.aula.auth.password;

import com.google.common.hash.Hashing;
import com.ibm.icu.text.Normalizer2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// Passwords of at least 15 characters that leaked from anywhere, by which guessing begins. What differs in
/// case or in form only is the same.
///
/// The list holds the first bytes of hashes, sorted; `common-passwords.py` makes it. One password in three
/// million is taken for a common one by chance.
final class CommonPasswords {

    private static final String LIST = "/passwords/common.bin";
    private static final int BYTES = 5;

    private final byte[] list = read();

    int size() {
        return list.length / BYTES;
    }

    boolean contains(String password) {
        var folded = Normalizer2.getNFKCCasefoldInstance().normalize(password);
        var hash = Hashing.sha256().hashString(folded, StandardCharsets.UTF_8).asBytes();
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var begin = middle * BYTES;
            var order = Arrays.compareUnsigned(list, begin, begin + BYTES, hash, 0, BYTES);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private static byte[] read() {
        try (var file = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(LIST))) {
            return file.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
