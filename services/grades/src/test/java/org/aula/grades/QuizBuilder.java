package org.aula.grades;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.aula.api.assignments.v1.LearnerQuiz;
import org.aula.api.assignments.v1.Question;
import org.aula.api.assignments.v1.QuizDraw;
import org.aula.api.assignments.v1.QuizPool;
import org.aula.api.assignments.v1.QuizSettings;
import org.aula.api.assignments.v1.QuizVersion;
import org.aula.api.assignments.v1.QuizVersionItem;
import org.aula.api.assignments.v1.ShowAnswers;

/// A published quiz, as the assignments service leaves it.
public final class QuizBuilder {

    private final Classroom classroom;
    private final UUID id = UuidCreator.getTimeOrderedEpoch();
    private final List<QuizVersionItem> items = new ArrayList<>();
    private final QuizSettings.Builder settings =
            QuizSettings.newBuilder().setPassingPercentage(70).setShowAnswers(ShowAnswers.SHOW_ANSWERS_AFTER_SUBMIT);
    private int version;

    QuizBuilder(Classroom classroom) {
        this.classroom = classroom;
    }

    public QuizBuilder question(Question question) {
        items.add(QuizVersionItem.newBuilder().setQuestion(question).build());
        return this;
    }

    public QuizBuilder pool(int count, int pointsEach, List<Question> questions) {
        items.add(QuizVersionItem.newBuilder()
                .setPool(QuizPool.newBuilder()
                        .setDraw(QuizDraw.newBuilder().setCount(count).setPointsEach(pointsEach))
                        .addAllQuestions(questions))
                .build());
        return this;
    }

    public QuizBuilder settings(Consumer<QuizSettings.Builder> change) {
        change.accept(settings);
        return this;
    }

    /// Takes all questions away, for the next version.
    public QuizBuilder anew() {
        items.clear();
        return this;
    }

    /// @return the quiz's id
    public String publish() {
        version++;
        var document = document();
        classroom.platform().superuser().useTransaction(handle -> {
            handle.execute("""
                    INSERT INTO assignments.quizzes (
                        id, course_id, lesson_id, title, status, published_version, published_at, created_at, updated_at)
                    VALUES (?, ?, ?, 'A quiz', 'PUBLISHED', 1, now(), now(), now()) ON CONFLICT DO NOTHING
                    """, id, UUID.fromString(classroom.courseId()), classroom.lessonId());
            handle.execute("UPDATE assignments.quizzes SET published_version = ? WHERE id = ?", version, id);
            handle.execute(
                    """
                    INSERT INTO assignments.quiz_versions (
                        quiz_id, version, course_id, lesson_id, title, total_points, document, summary, published_at)
                    VALUES (?, ?, ?, ?, 'A quiz', ?, ?, ?, now())
                    """,
                    id,
                    version,
                    UUID.fromString(classroom.courseId()),
                    classroom.lessonId(),
                    document.getTotalPoints(),
                    document.toByteArray(),
                    LearnerQuiz.newBuilder().setId(id.toString()).build().toByteArray());
        });
        return id.toString();
    }

    public void withdraw() {
        classroom
                .platform()
                .superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE assignments.quizzes SET status = 'WITHDRAWN' WHERE id = ?", id));
    }

    private QuizVersion document() {
        return QuizVersion.newBuilder()
                .setQuizId(id.toString())
                .setVersion(version)
                .setCourseId(classroom.courseId())
                .setLessonId(classroom.lessonId().toString())
                .setTitle("A quiz")
                .setSettings(settings)
                .setTotalPoints(items.stream().mapToInt(QuizBuilder::points).sum())
                .addAllItems(items)
                .build();
    }

    private static int points(QuizVersionItem item) {
        return item.hasQuestion()
                ? item.getQuestion().getPoints()
                : item.getPool().getDraw().getCount() * item.getPool().getDraw().getPointsEach();
    }
}
