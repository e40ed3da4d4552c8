package org.aula.grades.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.aula.grades.quiz.Answer;
import org.junit.jupiter.api.Test;

/// Rows that a newer version of the service wrote, as during a deployment and after a rollback.
final class StoredAnswersTest {

    @Test
    void anAnswerWithAFieldThatIsNotKnownYetIsRead() {
        var json = AnswerMapper.toJson(UUID.randomUUID(), new Answer.Text("forty-two"));
        var newer = json.substring(0, json.length() - 1) + ",\"later\":{\"confidence\":3}}";

        assertThat(AnswerMapper.fromJson(newer)).isEqualTo(new Answer.Text("forty-two"));
    }
}
