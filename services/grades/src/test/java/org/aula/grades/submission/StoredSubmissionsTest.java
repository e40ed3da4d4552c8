package org.aula.grades.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.aula.grades.submission.Submission.File;
import org.aula.grades.submission.Submission.Level;
import org.junit.jupiter.api.Test;

/// Rows that a newer version of the service wrote, as during a deployment and after a rollback.
final class StoredSubmissionsTest {

    @Test
    void filesWithAFieldThatIsNotKnownYetAreRead() {
        var asset = UUID.randomUUID();

        var files = SubmissionMapper.files(
                "{\"files\":[{\"assetId\":\"%s\",\"fileName\":\"essay.pdf\",\"sizeBytes\":\"5\",\"later\":1}]}"
                        .formatted(asset));

        assertThat(files).containsExactly(new File(asset, "essay.pdf", "", 5));
    }

    @Test
    void levelsWithAFieldThatIsNotKnownYetAreRead() {
        var levels = SubmissionMapper.levels(
                "{\"levels\":[{\"criterionId\":\"style\",\"levelId\":\"good\",\"later\":{}}],\"later\":\"x\"}");

        assertThat(levels).containsExactly(new Level("style", "good", ""));
    }
}
