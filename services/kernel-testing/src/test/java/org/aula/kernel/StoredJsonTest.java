package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.kernel.proto.StoredJson;
import org.junit.jupiter.api.Test;

final class StoredJsonTest {

    @Test
    void readsWhatItWrote() {
        var message = CourseChanges.newBuilder()
                .setTitle("Algebra")
                .setLevel(CourseLevel.COURSE_LEVEL_ADVANCED)
                .addRequirements("numbers")
                .build();

        assertThat(StoredJson.read(StoredJson.write(message), CourseChanges.newBuilder())
                        .build())
                .isEqualTo(message);
    }

    @Test
    void writesOneLine() {
        assertThat(StoredJson.write(CourseChanges.newBuilder().setTitle("Algebra")))
                .isEqualTo("{\"title\":\"Algebra\"}");
    }

    @Test
    void passesOverWhatANewerVersionWrote() {
        var read = StoredJson.read("""
                {"title": "Algebra", "later": {"deep": [1]}, "price": {"amountMinor": "5", "later": true},
                 "level": "COURSE_LEVEL_LATER"}
                """, CourseChanges.newBuilder());

        assertThat(read.getTitle()).isEqualTo("Algebra");
        assertThat(read.getPrice().getAmountMinor()).isEqualTo(5);
        assertThat(read.getLevel()).isEqualTo(CourseLevel.COURSE_LEVEL_UNSPECIFIED);
    }

    @Test
    void refusesWhatIsNoJsonOfTheMessage() {
        assertThatThrownBy(() -> StoredJson.read("{\"title\": {}}", CourseChanges.newBuilder()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("aula.courses.v1.CourseChanges");
    }
}
