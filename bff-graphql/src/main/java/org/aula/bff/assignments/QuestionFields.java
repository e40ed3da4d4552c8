package org.aula.bff.assignments;

import org.aula.api.assignments.v1.QuestionBank;
import org.aula.api.assignments.v1.QuestionBankServiceGrpc;
import org.aula.api.assignments.v1.QuestionForm;
import org.aula.api.assignments.v1.QuestionServiceGrpc;
import org.aula.api.courses.v1.Course;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;
import org.jspecify.annotations.Nullable;

/// Questions with their keys, and banks of them.
public final class QuestionFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.show(QuestionForm.class, QuestionFields::form);
        wiring.node("Question", QuestionServiceGrpc.getGetQuestionMethod(), "question_id");
        wiring.node("QuestionBank", QuestionBankServiceGrpc.getGetQuestionBankMethod(), "bank_id");
        wiring.type("QuestionBank", QuestionBank.class)
                .load("course", Loader.COURSES, QuestionBank::getCourseId)
                .page(
                        "questions",
                        QuestionBankServiceGrpc.getListBankQuestionsMethod(),
                        "bank_id",
                        QuestionBank::getId);
        wiring.type("Course", Course.class)
                .page(
                        "questionBanks",
                        QuestionBankServiceGrpc.getListQuestionBanksMethod(),
                        "course_id",
                        Course::getId);
    }

    /// The form itself; null for kinds newer than this build.
    private static @Nullable Object form(QuestionForm form) {
        return switch (form.getFormCase()) {
            case TRUE_FALSE -> form.getTrueFalse();
            case SINGLE_CHOICE -> form.getSingleChoice();
            case MULTIPLE_CHOICE -> form.getMultipleChoice();
            case SHORT_ANSWER -> form.getShortAnswer();
            case ESSAY -> form.getEssay();
            case CODE -> form.getCode();
            case FORM_NOT_SET -> null;
        };
    }
}
