package org.aula.bff.assignments;

import graphql.schema.DataFetchingEnvironment;
import java.util.function.Function;
import org.aula.api.assignments.v1.DrawServiceGrpc;
import org.aula.api.assignments.v1.GetQuizResponse;
import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.Quiz;
import org.aula.api.assignments.v1.QuizDraw;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.assignments.v1.QuizVersion;
import org.aula.api.assignments.v1.QuizVersionItem;
import org.aula.api.courses.v1.Course;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Wiring;

/// Quizzes: as their authors see them, and as learners do. Both have the same UUID, so wherever a quiz is
/// named the id of either will do.
public final class QuizFields implements Wiring.Part {

    private static final String ID = "quiz_id";

    @Override
    public void addTo(Wiring wiring) {
        addQuiz(wiring);
        addVersion(wiring);
        var learnerQuiz = QuizServiceGrpc.getGetLearnerQuizMethod();
        wiring.own("learnerQuiz", learnerQuiz, ID);
        wiring.node(
                "LearnerQuiz",
                (id, environment) -> Wiring.orNone(
                        Loader.LEARNER_QUIZZES.load(environment, id.parts(1).getFirst())));
        wiring.type("LearnerQuiz", LearnerQuiz.class).load("course", Loader.COURSES, LearnerQuiz::getCourseId);
        wiring.type("Course", Course.class)
                .page("quizzes", QuizServiceGrpc.getListQuizzesMethod(), "course_id", Course::getId)
                .ownPage("learnerQuizzes", QuizServiceGrpc.getListLearnerQuizzesMethod(), "course_id", Course::getId);
        wiring.mutation("reorderQuizItems", QuizServiceGrpc.getReorderQuizItemsMethod())
                .payload("quiz", QuizView::of);
    }

    private static void addQuiz(Wiring wiring) {
        wiring.show(Quiz.class, QuizView::of);
        wiring.show(GetQuizResponse.class, QuizView::of);
        var quiz = QuizServiceGrpc.getGetQuizMethod();
        wiring.find("quiz", quiz, ID);
        wiring.node("Quiz", quiz, ID);
        wiring.type("Quiz", QuizView.class)
                .of(Quiz.class, QuizView::quiz)
                .load("course", Loader.COURSES, view -> view.quiz().getCourseId())
                .fetch("questions", (view, environment) -> part(view, environment, GetQuizResponse::getQuestionsList))
                .fetch("draws", (view, environment) -> part(view, environment, GetQuizResponse::getDrawsList))
                .find("version", QuizServiceGrpc.getGetQuizVersionMethod(), ID, QuizView::id);
    }

    private static void addVersion(Wiring wiring) {
        wiring.type("QuizVersion", QuizVersion.class)
                .load("publisher", Loader.USER_SUMMARIES, QuizVersion::getPublisherId);
        wiring.type("VersionQuestion", Question.class)
                .value("questionId", question -> GlobalId.of("Question", question.getId()));
        wiring.type("VersionDraw", QuizDraw.class).value("drawId", draw -> GlobalId.of("QuizDraw", draw.getId()));
        wiring.node("QuizDraw", DrawServiceGrpc.getGetDrawMethod(), "draw_id");
        wiring.type("QuizVersionItem", QuizVersionItem.class)
                .value("draw", item -> item.hasPool() ? item.getPool().getDraw() : null)
                .value("drawnFrom", item -> item.getPool().getQuestionsList());
    }

    private static Object part(
            QuizView view, DataFetchingEnvironment environment, Function<GetQuizResponse, Object> read) {
        var whole = view.whole();
        return whole == null ? Loader.QUIZZES.load(environment, view.id()).thenApply(read) : read.apply(whole);
    }
}
