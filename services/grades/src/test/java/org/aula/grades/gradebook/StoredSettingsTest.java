package org.aula.grades.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Rows that a newer version of the service wrote, as during a deployment and after a rollback.
final class StoredSettingsTest {

    @Test
    void settingsWithFieldsThatAreNotKnownYetAreRead() {
        var settings = GradebookMapper.fromRow(new SettingsRow(
                UUID.randomUUID(),
                "{\"categories\":[{\"id\":\"quizzes\",\"name\":\"Quizzes\",\"weight\":100,\"later\":true}]}",
                "{\"letters\":[{\"letter\":\"P\",\"minPercentage\":50}],\"later\":[]}",
                false,
                1,
                Instant.EPOCH));

        assertThat(settings.categories())
                .extracting(GradebookSettings.Category::name)
                .containsExactly("Quizzes");
        assertThat(settings.letters())
                .extracting(GradebookSettings.Letter::letter)
                .contains("P");
    }
}
