package org.aula.grades.gradebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.Answers.trueFalse;

import io.grpc.Status.Code;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuizPublished;
import org.aula.api.courses.v1.CourseDeleted;
import org.aula.api.enrollments.v1.UserEnrolled;
import org.aula.api.grades.v1.AnalyzeQuizRequest;
import org.aula.api.grades.v1.CourseGrade;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.ExportGradesRequest;
import org.aula.api.grades.v1.GetGradebookSettingsRequest;
import org.aula.api.grades.v1.GetLearnerGradeRequest;
import org.aula.api.grades.v1.GetMyGradeRequest;
import org.aula.api.grades.v1.GradeCategory;
import org.aula.api.grades.v1.GradeItem;
import org.aula.api.grades.v1.GradebookSettings;
import org.aula.api.grades.v1.ItemCategory;
import org.aula.api.grades.v1.ItemStanding;
import org.aula.api.grades.v1.LetterGrade;
import org.aula.api.grades.v1.ListGradesRequest;
import org.aula.api.grades.v1.QuestionAnalysis;
import org.aula.api.grades.v1.UpdateGradebookSettingsRequest;
import org.aula.grades.Classroom;
import org.aula.grades.Questions;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class GradebookTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades");

    private final Classroom room = new Classroom(platform);
    private final Question question = Questions.trueFalse(true, 10);
    private final String quiz = room.quiz().question(question).publish();

    @Test
    void a_grade_says_what_gave_it() {
        var learner = room.learner();
        room.sit(learner, quiz, trueFalse(question, false));
        var best = room.sit(learner, quiz, trueFalse(question, true));
        room.sit(learner, quiz, trueFalse(question, false));

        var grade = mine(learner);

        assertThat(grade.getGraded()).isTrue();
        assertThat(grade.getPercentage()).isEqualTo(100);
        assertThat(grade.getLetter()).isEqualTo("A");
        assertThat(grade.getPoints()).isEqualTo(10);
        assertThat(grade.hasUpdateTime()).isTrue();
        assertThat(grade.getCategories(0).getItemsList()).singleElement().satisfies(item -> {
            assertThat(item.getItemId()).isEqualTo(quiz);
            assertThat(item.getTitle()).isEqualTo("A quiz");
            assertThat(item.getSourceId()).isEqualTo(best.getId());
            assertThat(item.getStanding()).isEqualTo(ItemStanding.ITEM_STANDING_COUNTED);
            assertThat(item.getRawPoints()).isEqualTo(10);
            assertThat(item.getMaxPoints()).isEqualTo(10);
        });
        assertThat(of(room.teacher(), learner)).isEqualTo(grade);
    }

    @Test
    void settings_change_grades_at_once_and_the_rows_soon() throws Exception {
        var learner = room.learner();
        room.sit(learner, quiz, trueFalse(question, true));
        var other = room.quiz().question(question).publish();
        room.sit(learner, other, trueFalse(question, false));
        assertThat(mine(learner).getPercentage()).isEqualTo(50);

        var changed = update(settings()
                .addCategories(category("tests", 3))
                .addCategories(category("tasks", 1))
                .addItems(place(quiz, "tests"))
                .addItems(place(other, "tasks"))
                .addLetters(LetterGrade.newBuilder().setLetter("ok").setMinPercentage(75))
                .build());

        assertThat(changed.getEtag()).isEqualTo("1");
        assertThat(changed.getItemsList())
                .extracting(GradeItem::getCategoryId)
                .containsExactlyInAnyOrder("tests", "tasks");
        assertThat(mine(learner).getPercentage()).isEqualTo(75);
        assertThat(mine(learner).getLetter()).isEqualTo("ok");
        Await.untilHolds(() -> assertThat(row(learner)).isEqualTo("75.00okfalse"));
    }

    private String row(TestUser learner) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT percentage || letter || dirty FROM grades.gradebook
                        WHERE course_id = CAST(:course AS uuid) AND user_id = :user
                        """)
                        .bind("course", room.courseId())
                        .bind("user", learner.id())
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void a_repeated_change_of_settings_is_fine_and_another_needs_the_etag() throws Exception {
        room.sit(room.learner(), quiz, trueFalse(question, true));
        var request = settings()
                .setEtag("0")
                .addCategories(category("tests", 1))
                .addItems(place(quiz, "tests"))
                .build();
        var changed = update(request);

        assertThat(update(request)).isEqualTo(changed);
        assertThat(get(room.teacher())).isEqualTo(changed);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> update(settings().setEtag("0").build()));
    }

    @Test
    void items_and_categories_must_exist() throws Exception {
        room.sit(room.learner(), quiz, trueFalse(question, true));

        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_ITEM_UNKNOWN,
                () -> update(settings()
                        .addCategories(category("tests", 1))
                        .addItems(place(quiz, "tests"))
                        .addItems(place(UUID.randomUUID().toString(), "tests"))
                        .addItems(place(quiz, "tests"))
                        .addItems(place(UUID.randomUUID().toString(), "others"))
                        .build()));

        assertThat(refusal.fields())
                .containsExactly("items[1].item_id", "items[2].item_id", "items[3].item_id", "items[3].category_id");
    }

    @Test
    void the_gradebook_is_for_the_teacher_and_each_grade_for_its_learner() throws Exception {
        var learner = room.learner();
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> get(learner),
                () -> room.gradebook(learner).updateGradebookSettings(settings().build()),
                () -> of(learner, learner),
                () -> list(learner),
                () -> export(learner, ""),
                () -> analyze(learner, quiz))) {
            Refusal.expect(Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER, call);
        }
        Refusal.expect(
                Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, () -> mine(platform.user()));
        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_LEARNER_NOT_FOUND, () -> of(room.teacher(), platform.user()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND,
                () -> analyze(room.teacher(), UUID.randomUUID().toString()));
        room.draft();
        var stranger = platform.user();
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> get(stranger),
                () -> of(stranger, learner),
                () -> list(stranger),
                () -> export(stranger, ""),
                () -> mine(stranger))) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_COURSE_NOT_FOUND, call);
        }
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> get(learner), () -> of(learner, learner), () -> list(learner), () -> export(learner, ""))) {
            Refusal.expect(Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER, call);
        }
        assertThat(mine(learner).getGraded()).isFalse();
        assertThat(get(platform.user("grades:read")).getCourseId()).isEqualTo(room.courseId());
    }

    @Test
    void statements_do_not_grow_with_learners() throws Exception {
        learners(40);
        var teacher = room.gradebook(room.teacher());
        var few = ListGradesRequest.newBuilder()
                .setCourseId(room.courseId())
                .setPageSize(2)
                .build();
        var many = few.toBuilder().setPageSize(100).build();
        assertThat(teacher.listGrades(many).getGradesCount()).isEqualTo(40);
        assertThat(platform.statements("grades", () -> teacher.listGrades(few)))
                .isEqualTo(platform.statements("grades", () -> teacher.listGrades(many)))
                .isLessThanOrEqualTo(6);
        assertThat(platform.statements("grades", () -> export(room.teacher(), "")))
                .isLessThanOrEqualTo(6);
        assertThat(workingOut(1)).isEqualTo(workingOut(40));
    }

    /// Statements of working out so many learners' grades, by the job's own code.
    private int workingOut(int learners) throws Exception {
        var rows = platform.bean("grades", GradebookRepository.class);
        var gradebook = platform.bean("grades", Gradebook.class);
        var courseId = UUID.fromString(room.courseId());
        return platform.statements(
                "grades",
                () -> platform.inside(
                        "grades",
                        () -> platform.bean("grades", Database.class).transact(() -> {
                            var userIds = rows.list(courseId, null, learners).stream()
                                    .map(GradebookRow::userId)
                                    .toList();
                            assertThat(userIds).hasSize(learners);
                            rows.save(courseId, gradebook.grades(courseId, gradebook.sheet(courseId), userIds));
                            return true;
                        })));
    }

    @Test
    void learners_are_listed_and_exported_part_by_part() throws Exception {
        var learners = learners(5);
        room.sit(learners.getFirst(), quiz, trueFalse(question, true));
        var ids = learners.stream()
                .map(learner -> learner.id().toString())
                .sorted(Comparator.naturalOrder())
                .toList();
        var request = ListGradesRequest.newBuilder()
                .setCourseId(room.courseId())
                .setPageSize(3)
                .setWithItemTokens(true)
                .build();
        var teacher = room.gradebook(room.teacher());

        var first = teacher.listGrades(request);
        var second = teacher.listGrades(
                request.toBuilder().setPageToken(first.getItemTokens(2)).build());

        assertThat(Stream.concat(first.getGradesList().stream(), second.getGradesList().stream())
                        .map(CourseGrade::getUserId))
                .containsExactlyElementsOf(ids);
        assertThat(second.getNextPageToken()).isEmpty();
        var part = room.gradebook(room.teacher())
                .exportGrades(ExportGradesRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .setPageSize(3)
                        .build());
        var rest = export(room.teacher(), part.getNextPageToken());
        var lines = (part.getCsv() + rest).split("\r\n");
        assertThat(lines).hasSize(6);
        assertThat(lines[0]).isEqualTo("user_id,percentage,letter,points,A quiz");
        assertThat(lines).contains(learners.getFirst().id() + ",100.00,A,10.00,10.00");
        assertThat(lines).contains(learners.getLast().id() + ",,,0.00,");
    }

    @Test
    void who_enrols_and_what_is_published_come_into_the_gradebook() throws Exception {
        var learner = platform.user();
        var enrollmentId = room.enroll(learner, "ENROLLED", null);
        platform.publish(
                "enrollments",
                enrollmentId.toString(),
                UserEnrolled.newBuilder()
                        .setEnrollmentId(enrollmentId.toString())
                        .setUserId(learner.id().toString())
                        .setCourseId(room.courseId())
                        .build());
        platform.publish(
                "assignments",
                quiz,
                QuizPublished.newBuilder()
                        .setQuizId(quiz)
                        .setCourseId(room.courseId())
                        .setVersion(1)
                        .build());

        Await.untilHolds(() -> {
            assertThat(list(room.teacher()))
                    .extracting(CourseGrade::getUserId)
                    .contains(learner.id().toString());
            assertThat(get(room.teacher()).getItemsList())
                    .extracting(GradeItem::getTitle)
                    .contains("A quiz");
        });
        platform.publish(
                "courses",
                room.courseId(),
                CourseDeleted.newBuilder().setCourseId(room.courseId()).build());
        Await.untilHolds(() -> assertThat(get(room.teacher()).getItemsList()).isEmpty());
    }

    /// Three learners: both right, the easy one right, none right. The easy question is had by 2 of 3, the
    /// hard one by 1 of 3; with the rest each correlates by 0.5.
    @Test
    void questions_are_analysed_by_first_attempts() {
        var easy = Questions.trueFalse(true, 1);
        var hard = Questions.trueFalse(true, 1);
        var analysed = room.quiz().question(easy).question(hard).publish();
        var good = room.learner();
        room.sit(good, analysed, trueFalse(easy, true), trueFalse(hard, true));
        room.sit(good, analysed, trueFalse(easy, false), trueFalse(hard, false));
        room.sit(room.learner(), analysed, trueFalse(easy, true), trueFalse(hard, false));
        room.sit(room.learner(), analysed, trueFalse(easy, false));

        var answer = analyze(room.teacher(), analysed);

        assertThat(answer.getLearnerCount()).isEqualTo(3);
        assertThat(answer.getQuestionsList())
                .extracting(QuestionAnalysis::getQuestionId)
                .containsExactly(easy.getId(), hard.getId());
        var first = answer.getQuestions(0);
        assertThat(first.getCount()).isEqualTo(3);
        assertThat(first.getAnswered()).isEqualTo(3);
        assertThat(first.getDifficulty()).isCloseTo(2.0 / 3, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(first.getDiscrimination()).isCloseTo(0.5, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(answer.getQuestions(1).getAnswered()).isEqualTo(2);
        assertThat(answer.getQuestions(1).getDifficulty())
                .isCloseTo(1.0 / 3, org.assertj.core.data.Offset.offset(1e-9));
        var alone = room.quiz().question(question).publish();
        room.sit(room.learner(), alone, trueFalse(question, true));
        assertThat(analyze(room.teacher(), alone).getQuestions(0).hasDiscrimination())
                .isFalse();
    }

    private List<TestUser> learners(int count) throws Exception {
        var learners =
                IntStream.range(0, count).mapToObj(index -> room.learner()).toList();
        var rows = platform.bean("grades", GradebookRepository.class);
        platform.inside("grades", () -> {
            platform.bean("grades", Database.class)
                    .transact(() -> learners.forEach(learner ->
                            rows.markDirty(UUID.fromString(room.courseId()), learner.id(), java.time.Instant.now())));
            return true;
        });
        return learners;
    }

    private UpdateGradebookSettingsRequest.Builder settings() {
        return UpdateGradebookSettingsRequest.newBuilder().setCourseId(room.courseId());
    }

    private static GradeCategory category(String id, double weight) {
        return GradeCategory.newBuilder()
                .setId(id)
                .setName(id)
                .setWeight(weight)
                .build();
    }

    private static ItemCategory place(String itemId, String categoryId) {
        return ItemCategory.newBuilder()
                .setItemId(itemId)
                .setCategoryId(categoryId)
                .build();
    }

    private GradebookSettings update(UpdateGradebookSettingsRequest request) {
        return room.gradebook(room.teacher()).updateGradebookSettings(request).getSettings();
    }

    private GradebookSettings get(TestUser reader) {
        return room.gradebook(reader)
                .getGradebookSettings(GetGradebookSettingsRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build())
                .getSettings();
    }

    private CourseGrade mine(TestUser learner) {
        return room.gradebook(learner)
                .getMyGrade(GetMyGradeRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build())
                .getGrade();
    }

    private CourseGrade of(TestUser reader, TestUser learner) {
        return room.gradebook(reader)
                .getLearnerGrade(GetLearnerGradeRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .setUserId(learner.id().toString())
                        .build())
                .getGrade();
    }

    private List<CourseGrade> list(TestUser reader) {
        return room.gradebook(reader)
                .listGrades(ListGradesRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build())
                .getGradesList();
    }

    private String export(TestUser reader, String pageToken) {
        return room.gradebook(reader)
                .exportGrades(ExportGradesRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .setPageToken(pageToken)
                        .build())
                .getCsv();
    }

    private org.aula.api.grades.v1.AnalyzeQuizResponse analyze(TestUser reader, String quizId) {
        return room.gradebook(reader)
                .analyzeQuiz(AnalyzeQuizRequest.newBuilder().setQuizId(quizId).build());
    }
}
