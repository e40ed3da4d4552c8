package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.aula.kernel.change.Change;
import org.aula.kernel.change.Etags;
import org.aula.kernel.error.ServiceException;
import org.junit.jupiter.api.Test;

final class ChangeTest {

    @Test
    void isNoneWhenBothAreEqual() {
        assertThat(new Change<>("old", "new").isNone()).isFalse();
        assertThat(new Change<>("same", new String("same")).isNone()).isTrue();
        assertThat(Change.none("same")).isEqualTo(new Change<>("same", "same"));
    }

    @Test
    void anEtagIsTheVersionOrDoesNotMatter() {
        assertThatCode(() -> Etags.require("7", 7)).doesNotThrowAnyException();
        assertThatCode(() -> Etags.require("", 7)).doesNotThrowAnyException();
    }

    @Test
    void anotherEtagIsRefused() {
        for (var etag : new String[] {"6", "07", "seven"}) {
            assertThatThrownBy(() -> Etags.require(etag, 7))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining("read the resource again");
        }
    }
}
