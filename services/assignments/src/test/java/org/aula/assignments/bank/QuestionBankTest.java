package org.aula.assignments.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.util.List;
import org.aula.api.assignments.v1.CreateQuestionBankRequest;
import org.aula.api.assignments.v1.DeleteDrawRequest;
import org.aula.api.assignments.v1.DeleteQuestionBankRequest;
import org.aula.api.assignments.v1.Difficulty;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.GetQuestionBankRequest;
import org.aula.api.assignments.v1.GetQuizRequest;
import org.aula.api.assignments.v1.ListBankQuestionsRequest;
import org.aula.api.assignments.v1.ListQuestionBanksRequest;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuestionBank;
import org.aula.api.assignments.v1.QuestionType;
import org.aula.api.assignments.v1.UpdateDrawRequest;
import org.aula.api.assignments.v1.UpdateQuestionBankRequest;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Banks, and draws from them.
class QuestionBankTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "assignments");

    private final Classroom room = new Classroom(platform);
    private final QuestionBank bank = room.bank("Bank");

    @Test
    void countsItsQuestions() {
        room.question(bank, "One");
        room.question(bank, "Two");
        assertThat(get(bank).getQuestionCount()).isEqualTo(2);
        assertThat(get(bank).getEtag()).isEqualTo(bank.getEtag());
    }

    @Test
    void findsQuestionsByTagsDifficultyAndKind() {
        var both = room.question(bank, "Both", "loops", "lists");
        var loops = room.question(bank, "Loops", "loops");
        var hard = room.questions()
                .createQuestion(Classroom.aQuestion("Hard", Classroom.shortAnswer("x"))
                        .setBankId(bank.getId())
                        .setDifficulty(Difficulty.DIFFICULTY_HARD)
                        .build())
                .getQuestion();
        assertThat(list(query())).containsExactly(both, loops, hard);
        assertThat(list(query().addTags("loops"))).containsExactly(both, loops);
        assertThat(list(query().addTags("loops").addTags("lists"))).containsExactly(both);
        assertThat(list(query().setDifficulty(Difficulty.DIFFICULTY_HARD))).containsExactly(hard);
        assertThat(list(query().setType(QuestionType.QUESTION_TYPE_TRUE_FALSE))).containsExactly(both, loops);
        assertThat(list(query().setType(QuestionType.QUESTION_TYPE_CODE))).isEmpty();
    }

    @Test
    void listsInPagesWhoseStatementsDoNotGrow() throws Exception {
        var second = room.bank("Second");
        for (int number = 0; number < 4; number++) {
            room.question(bank, "Question " + number);
        }
        var first = room.banks().listBankQuestions(query().setPageSize(3).build());
        var rest = room.banks()
                .listBankQuestions(query().setPageSize(3)
                        .setPageToken(first.getNextPageToken())
                        .build());
        assertThat(first.getQuestionsCount()).isEqualTo(3);
        assertThat(rest.getQuestionsList()).extracting(Question::getText).containsExactly("Question 3");
        assertThat(rest.getNextPageToken()).isEmpty();
        assertThat(platform.statements("assignments", () -> list(query().setPageSize(1))))
                .isEqualTo(platform.statements("assignments", () -> list(query().setPageSize(4))));

        var banks = ListQuestionBanksRequest.newBuilder().setCourseId(room.courseId());
        var page = room.banks().listQuestionBanks(banks.setPageSize(1).build());
        assertThat(page.getBanksList()).extracting(QuestionBank::getId).containsExactly(bank.getId());
        var next = banks.setPageToken(page.getNextPageToken()).build();
        assertThat(room.banks().listQuestionBanks(next).getBanksList()).containsExactly(second);
        var one = ListQuestionBanksRequest.newBuilder()
                .setCourseId(room.courseId())
                .setPageSize(1)
                .build();
        var two = one.toBuilder().setPageSize(2).build();
        assertThat(platform.statements("assignments", () -> room.banks().listQuestionBanks(one)))
                .isEqualTo(platform.statements("assignments", () -> room.banks().listQuestionBanks(two)));
    }

    @Test
    void changesAndRefusesWhatChangedMeanwhile() throws Exception {
        var request = UpdateQuestionBankRequest.newBuilder()
                .setBankId(bank.getId())
                .setEtag(bank.getEtag())
                .setTitle("New")
                .setDescription("Not named")
                .setUpdateMask(mask("title"))
                .build();
        var changed = room.banks().updateQuestionBank(request).getBank();
        assertThat(changed.getTitle()).isEqualTo("New");
        assertThat(changed.getDescription()).isEmpty();
        assertThat(room.banks().updateQuestionBank(request).getBank()).isEqualTo(changed);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> room.banks()
                        .updateQuestionBank(
                                request.toBuilder().setTitle("Newer").build()));
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> room.banks()
                        .updateQuestionBank(request.toBuilder().setTitle(" ").build()));
        assertThat(refusal.fields()).containsExactly("title");
    }

    @Test
    void staysWhileQuizzesDrawFromIt() throws Exception {
        var quiz = room.quiz("Quiz");
        var draw = room.draw(quiz, bank, 1);
        var delete =
                DeleteQuestionBankRequest.newBuilder().setBankId(bank.getId()).build();
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_BANK_IN_USE,
                () -> room.banks().deleteQuestionBank(delete));
        assertThat(refusal.metadata()).containsEntry("quizzes", "1");
        room.draws()
                .deleteDraw(
                        DeleteDrawRequest.newBuilder().setDrawId(draw.getId()).build());
        room.banks().deleteQuestionBank(delete);
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_BANK_NOT_FOUND, () -> get(bank));
    }

    @Test
    void isHiddenFromOthers() throws Exception {
        var question = room.question(bank, "Mine");
        assertThat(question.getBankId()).isEqualTo(bank.getId());
        var other = new Classroom(platform);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_BANK_NOT_FOUND,
                () -> room.banks(other.author()).listBankQuestions(query().build()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_BANK_NOT_FOUND,
                () -> room.questions(other.author())
                        .createQuestion(Classroom.aQuestion("Theirs", Classroom.trueFalse(true))
                                .setBankId(bank.getId())
                                .build()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_BANK_NOT_FOUND,
                () -> other.draw(other.quiz("Theirs"), bank, 1));
    }

    /// Also of the same author: versions of a quiz hold what its course's banks have.
    @Test
    void isDrawnFromByQuizzesOfItsCourseOnly() throws Exception {
        var elsewhere = new Classroom(platform);
        var chief = platform.user("courses:write");
        var request = Classroom.aDraw(elsewhere.quiz("Elsewhere"), bank, 1).build();
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_BANK_NOT_FOUND,
                () -> room.draws(chief).createDraw(request));
    }

    @Test
    void isDrawnFromAsSaid() throws Exception {
        var quiz = room.quiz("Quiz");
        var draw = room.draw(quiz, bank, 2, "loops");
        var request = UpdateDrawRequest.newBuilder()
                .setDrawId(draw.getId())
                .setEtag(draw.getEtag())
                .setCount(5)
                .setDifficulty(Difficulty.DIFFICULTY_EASY)
                .setUpdateMask(mask("count", "tags"))
                .build();
        var changed = room.draws().updateDraw(request).getDraw();
        assertThat(changed.getCount()).isEqualTo(5);
        assertThat(changed.getTagsList()).isEmpty();
        assertThat(changed.getDifficulty()).isEqualTo(Difficulty.DIFFICULTY_UNSPECIFIED);
        assertThat(room.draws().updateDraw(request).getDraw()).isEqualTo(changed);
        var whole = room.quizzes()
                .getQuiz(GetQuizRequest.newBuilder().setQuizId(quiz.getId()).build());
        assertThat(whole.getDrawsList()).containsExactly(changed);
        assertThat(whole.getQuiz().getTotalPoints()).isEqualTo(10);
        assertThat(whole.getQuiz().getQuestionCount()).isEqualTo(5);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> room.draws().updateDraw(request.toBuilder().setCount(6).build()));
        for (var path : List.of("count", "points_each")) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    () -> room.draws()
                            .updateDraw(UpdateDrawRequest.newBuilder()
                                    .setDrawId(draw.getId())
                                    .setUpdateMask(mask(path))
                                    .build()));
            assertThat(refusal.fields()).containsExactly(path);
        }
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_DRAW_NOT_FOUND,
                () -> room.draws(platform.user("courses:create")).updateDraw(request));
    }

    @Test
    void hasAnEnd() throws Exception {
        platform.superuser().useHandle(handle -> {
            handle.createUpdate("""
                            INSERT INTO assignments.question_banks (id, course_id, title, created_at, updated_at)
                            SELECT gen_random_uuid(), CAST(:courseId AS uuid), 'Bank', now(), now()
                            FROM generate_series(1, 99)
                            """).bind("courseId", room.courseId()).execute();
            handle.createUpdate("""
                            INSERT INTO assignments.quiz_questions (id, bank_id, text, type, form, points, sort_order)
                            SELECT gen_random_uuid(), CAST(:bankId AS uuid), 'a', 'TRUE_FALSE', '{"trueFalse":{}}', 1, 0
                            FROM generate_series(1, 500)
                            """).bind("bankId", bank.getId()).execute();
        });
        var quiz = room.quiz("Quiz");
        for (int number = 0; number < 20; number++) {
            room.draw(quiz, bank, 1);
        }
        requireTooMany(() -> room.draw(quiz, bank, 1), "20");
        requireTooMany(() -> room.bank("One more"), "100");
        requireTooMany(() -> room.question(bank, "One more"), "500");
    }

    @Test
    void answersTheSameRequestTwiceAlike() {
        var request = CreateQuestionBankRequest.newBuilder()
                .setRequestId(Classroom.newId())
                .setCourseId(room.courseId())
                .setTitle("Once")
                .build();
        assertThat(room.banks().createQuestionBank(request))
                .isEqualTo(room.banks().createQuestionBank(request));
        var draw = Classroom.aDraw(room.quiz("Quiz"), bank, 1).build();
        assertThat(room.draws().createDraw(draw)).isEqualTo(room.draws().createDraw(draw));
    }

    private static void requireTooMany(Refusal.Call call, String limit) throws Exception {
        var refusal = Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_TOO_MANY, call);
        assertThat(refusal.metadata()).containsEntry("limit", limit);
    }

    private QuestionBank get(QuestionBank wanted) {
        return room.banks()
                .getQuestionBank(GetQuestionBankRequest.newBuilder()
                        .setBankId(wanted.getId())
                        .build())
                .getBank();
    }

    private ListBankQuestionsRequest.Builder query() {
        return ListBankQuestionsRequest.newBuilder().setBankId(bank.getId());
    }

    private List<Question> list(ListBankQuestionsRequest.Builder query) {
        return room.banks().listBankQuestions(query.build()).getQuestionsList();
    }

    private static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    }
}
