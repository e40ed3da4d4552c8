package org.aula.grades;

import java.util.List;
import org.aula.api.assignments.v1.Question;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.ChoiceAnswer;

/// Answers as learners give them.
public final class Answers {

    private Answers() {}

    public static Answer trueFalse(Question question, boolean value) {
        return to(question).setTrueFalse(value).build();
    }

    public static Answer choice(Question question, String... options) {
        return to(question)
                .setChoice(ChoiceAnswer.newBuilder().addAllOptionIds(List.of(options)))
                .build();
    }

    public static Answer text(Question question, String text) {
        return to(question).setText(text).build();
    }

    private static Answer.Builder to(Question question) {
        return Answer.newBuilder().setQuestionId(question.getId());
    }
}
