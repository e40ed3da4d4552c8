package org.aula.assignments.question;

import io.micronaut.data.annotation.MappedEntity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.aula.assignments.course.Refusals;
import org.jspecify.annotations.Nullable;

/// A question with its keys. It stands in a quiz or in a bank.
///
/// @param quizId null for a question of a bank
/// @param bankId null for a question of a quiz
/// @param text safe HTML
/// @param form how it is answered, with its keys: the contract's QuestionForm as JSON, checked
/// @param explanation safe HTML
/// @param sortOrder place in the quiz, ascending from 0; 0 in a bank
/// @param version rises with every change; the etag
@MappedEntity("quiz_questions")
public record Question(
        UUID id,
        @Nullable UUID quizId,
        @Nullable UUID bankId,
        String text,
        QuestionType type,
        String form,
        int points,
        String explanation,
        List<String> tags,
        Difficulty difficulty,
        int sortOrder,
        long version) {

    /// All of a question together, in bytes: so that a page of them stays below what a message may have.
    private static final int MAX_BYTES = 32 * 1024;

    public Question {
        tags = List.copyOf(tags);
    }

    /// The quiz or the bank that it belongs to.
    UUID parentId() {
        return quizId != null ? quizId : Objects.requireNonNull(bankId);
    }

    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with TOO_LARGE
    void requireNotTooLarge() {
        if (bytes() > MAX_BYTES) {
            throw Refusals.tooLarge("a question has 32 KiB at most", bytes(), MAX_BYTES);
        }
    }

    /// How large all of it is.
    public long bytes() {
        return bytes(text) + bytes(form) + bytes(explanation);
    }

    Question at(int sortOrder) {
        return new Question(
                id, quizId, bankId, text, type, form, points, explanation, tags, difficulty, sortOrder, version);
    }

    Question next() {
        return new Question(
                id, quizId, bankId, text, type, form, points, explanation, tags, difficulty, sortOrder, version + 1);
    }

    private static long bytes(String part) {
        return part.getBytes(StandardCharsets.UTF_8).length;
    }
}
