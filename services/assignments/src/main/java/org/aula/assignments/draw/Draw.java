package org.aula.assignments.draw;

import io.micronaut.data.annotation.MappedEntity;
import java.util.List;
import java.util.UUID;
import org.aula.assignments.question.Difficulty;

/// Questions that each attempt of a quiz draws out of a bank.
///
/// @param count how many
/// @param pointsEach points for each of them, whatever the bank says
/// @param tags only questions that have all of these
/// @param difficulty only questions so hard; UNSPECIFIED for all
/// @param sortOrder place in the quiz among questions and draws, ascending from 0
/// @param version rises with every change; the etag
@MappedEntity("quiz_draws")
public record Draw(
        UUID id,
        UUID quizId,
        UUID bankId,
        int count,
        int pointsEach,
        List<String> tags,
        Difficulty difficulty,
        int sortOrder,
        long version) {

    public Draw {
        tags = List.copyOf(tags);
    }

    Draw at(int sortOrder) {
        return new Draw(id, quizId, bankId, count, pointsEach, tags, difficulty, sortOrder, version);
    }

    /// The same draw, changed; itself when nothing differs.
    Draw changed(int newCount, int newPointsEach, List<String> newTags, Difficulty newDifficulty) {
        var same =
                newCount == count && newPointsEach == pointsEach && newTags.equals(tags) && newDifficulty == difficulty;
        return same
                ? this
                : new Draw(id, quizId, bankId, newCount, newPointsEach, newTags, newDifficulty, sortOrder, version + 1);
    }
}
