package org.aula.grades.quiz;

import com.google.protobuf.ByteString;
import java.util.UUID;

/// A question of a published quiz.
///
/// @param points that it has in this quiz
/// @param form how it is answered, with the keys
/// @param written the contract's Question, as it was published: for who reads it, not for who decides
public record Question(UUID id, int points, QuestionForm form, ByteString written) {

    Question worth(int otherPoints) {
        return new Question(id, otherPoints, form, written);
    }
}
