package org.aula.notifications.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"Ada", "José María", "O’Brien", "D'Arcy", "Jean-Luc", "J. R.", "王小明", "Zoë 2"})
    void namesAreGreeted(String name) {
        assertThat(Reader.of(name, "en", "UTC").name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "win at evil.example now",
                "https://evil.example",
                "WWW evil example",
                "Ada\r\nBcc: eve@test.example",
                "Ada\u2028Lovelace",
                "<b>Ada</b>",
                "{{link}}",
                "Your account is locked, call +34 600 000 000 to open it again at once"
            })
    void whatCarriesAMessageIsNotRepeated(String name) {
        assertThat(Reader.of(name, "en", "UTC").name()).isEmpty();
    }

    @Test
    void whatIsUnknownHasAStandIn() {
        assertThat(Reader.of("Ada", "", "")).isEqualTo(new Reader("Ada", "en", ZoneOffset.UTC));
        assertThat(Reader.of("Ada", "es", "Moon/Crater").zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(Reader.of("Ada", "es", "Europe/Madrid").zone()).isEqualTo(ZoneId.of("Europe/Madrid"));
    }
}
