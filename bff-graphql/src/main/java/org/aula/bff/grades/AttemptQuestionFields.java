package org.aula.bff.grades;

import org.aula.api.assignments.v1.LearnerOption;
import org.aula.api.assignments.v1.LearnerQuestion;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.AttemptQuestion;
import org.aula.api.grades.v1.QuestionResult;
import org.aula.bff.assignments.FormFields;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// The questions of an attempt, what was answered, and what came of it.
final class AttemptQuestionFields {

    private AttemptQuestionFields() {}

    static void addTo(Wiring wiring) {
        wiring.type("AttemptQuestion", AttemptQuestion.class)
                .value("question", AttemptQuestion::getQuestion)
                .value("answer", question -> question.hasAnswer() ? question.getAnswer() : null)
                .value("result", question -> question.hasResult() ? question.getResult() : null)
                .value("key", question -> FormFields.unwrap(question.getKey()))
                .value("explanation", question -> Values.text(question.getExplanation()))
                .value("responseId", question -> GlobalId.ofOrNull("Response", question.getResponseId()));
        wiring.type("QuizAnswer", Answer.class)
                .value("questionId", answer -> GlobalId.of("Question", answer.getQuestionId()))
                .value("trueFalse", answer -> answer.hasTrueFalse() ? answer.getTrueFalse() : null)
                .value(
                        "optionIds",
                        answer -> answer.hasChoice() ? answer.getChoice().getOptionIdsList() : null)
                .value("text", answer -> answer.hasText() ? answer.getText() : null);
        wiring.type("QuestionResult", QuestionResult.class)
                .value("points", QuestionResult::getPoints)
                .value("maxPoints", QuestionResult::getMaxPoints)
                .value("correct", QuestionResult::getCorrect)
                .value("pending", QuestionResult::getPending)
                .value("gradedByHand", QuestionResult::getGradedByHand)
                .value("feedback", result -> Values.text(result.getFeedback()));
        addQuestion(wiring);
    }

    private static void addQuestion(Wiring wiring) {
        wiring.type("LearnerQuestion", LearnerQuestion.class)
                .value("id", question -> GlobalId.of("Question", question.getId()))
                .value("text", LearnerQuestion::getText)
                .value("points", LearnerQuestion::getPoints)
                .value("type", question -> Values.name(question.getType()))
                .value("options", LearnerQuestion::getOptionsList)
                .value("maxCharacters", question -> Values.numberOrNull(question.getMaxCharacters()))
                .value("minWords", question -> Values.numberOrNull(question.getMinWords()))
                .value("maxWords", question -> Values.numberOrNull(question.getMaxWords()))
                .value("language", question -> Values.text(question.getLanguage()))
                .value("starterCode", question -> Values.text(question.getStarterCode()));
        wiring.type("LearnerOption", LearnerOption.class)
                .value("id", LearnerOption::getId)
                .value("text", LearnerOption::getText);
    }
}
