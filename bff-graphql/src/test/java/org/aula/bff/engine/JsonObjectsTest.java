package org.aula.bff.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// JSON objects come back as they went, and what would not is refused.
@Tag("fast")
class JsonObjectsTest {

    @Test
    void everyKindOfValueComesBack() {
        var object = new HashMap<String, @Nullable Object>();
        object.put("text", "ä\"");
        object.put("whole", 3L);
        object.put("largest", 1L << 53);
        object.put("broken", 2.5);
        object.put("yes", true);
        object.put("nothing", null);
        object.put("list", Arrays.asList(1L, null, List.of("x"), Map.of()));
        object.put("object", Map.of("inner", Map.of("n", -1L)));

        assertThat(JsonObjects.read(JsonObjects.write(object))).isEqualTo(object);
    }

    @Test
    void numbersOfEverySortAreTaken() {
        var read = JsonObjects.read(JsonObjects.write(
                Map.of("a", 1, "b", BigInteger.TWO, "c", new BigDecimal("0.5"), "d", new BigDecimal("1e300"))));

        assertThat(read)
                .containsEntry("a", 1L)
                .containsEntry("b", 2L)
                .containsEntry("c", 0.5)
                .containsEntry("d", 1e300);
    }

    @Test
    void sixteenLevelsAreTakenAndNoMore() {
        assertThat(JsonObjects.write(nested(JsonObjects.MAX_DEPTH)).getFieldsCount())
                .isEqualTo(1);
        assertThatThrownBy(() -> JsonObjects.write(nested(JsonObjects.MAX_DEPTH + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 levels");
        assertThatThrownBy(() -> JsonObjects.write(Map.of("numbers", new BigDecimal("1e400"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDeepestThatIsTakenIsReadByProtobuf() throws Exception {
        var deepest = JsonObjects.write(nested(JsonObjects.MAX_DEPTH));

        assertThat(com.google.protobuf.Struct.parseFrom(deepest.toByteArray())).isEqualTo(deepest);
    }

    /// Objects inside each other, the innermost with a list or a text.
    private static Map<String, Object> nested(int levels) {
        Map<String, Object> object = Map.of("end", "here");
        for (var level = 1; level < levels; level++) {
            object = Map.of("in", object);
        }
        return object;
    }
}
