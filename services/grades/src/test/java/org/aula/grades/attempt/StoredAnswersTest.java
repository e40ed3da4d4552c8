package org.aula.grades.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.aula.grades.paper.Answer;
import org.junit.jupiter.api.Test;

/// Rows that a newer version of the service wrote, as during a deployment and after a rollback.
final class StoredAnswersTest {

    @Test
    void anAnswerWithAFieldThatIsNotKnownYetIsRead() {
        var json = AnswerProtos.json(UUID.randomUUID(), new Answer.Text("forty-two"));
        var newer = json.substring(0, json.length() - 1) + ",\"later\":{\"confidence\":3}}";

        assertThat(AnswerProtos.parse(newer)).isEqualTo(new Answer.Text("forty-two"));
    }
}
