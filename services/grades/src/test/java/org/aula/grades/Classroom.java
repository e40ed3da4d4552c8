package org.aula.grades;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.aula.api.assignments.v1.FileAssignmentSettings;
import org.aula.api.assignments.v1.FileAssignmentVersion;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.AttemptServiceGrpc;
import org.aula.api.grades.v1.AttemptServiceGrpc.AttemptServiceBlockingStub;
import org.aula.api.grades.v1.GetAttemptRequest;
import org.aula.api.grades.v1.GradebookServiceGrpc;
import org.aula.api.grades.v1.GradebookServiceGrpc.GradebookServiceBlockingStub;
import org.aula.api.grades.v1.GradingServiceGrpc;
import org.aula.api.grades.v1.GradingServiceGrpc.GradingServiceBlockingStub;
import org.aula.api.grades.v1.LeaderboardServiceGrpc;
import org.aula.api.grades.v1.LeaderboardServiceGrpc.LeaderboardServiceBlockingStub;
import org.aula.api.grades.v1.StartAttemptRequest;
import org.aula.api.grades.v1.SubmissionServiceGrpc;
import org.aula.api.grades.v1.SubmissionServiceGrpc.SubmissionServiceBlockingStub;
import org.aula.api.grades.v1.SubmitAttemptRequest;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// A course of the catalog with its teacher and learners, made of the rows that other services keep.
public final class Classroom {

    private final TestPlatform platform;
    private final TestUser teacher;
    private final UUID courseId = UuidCreator.getTimeOrderedEpoch();
    private final UUID lessonId = UuidCreator.getTimeOrderedEpoch();
    private final Set<UUID> members = ConcurrentHashMap.newKeySet();

    public Classroom(TestPlatform platform) {
        this.platform = platform;
        this.teacher = platform.user();
        members.add(teacher.id());
        platform.superuser().useTransaction(handle -> {
            handle.execute("""
                    INSERT INTO courses.courses (id, instructor_id, title, slug, price_minor, status, published_at)
                    VALUES (?, ?, 'A course', ?, 0, 'PUBLISHED', now())
                    """, courseId, teacher.id(), "course-" + courseId);
            var sectionId = UuidCreator.getTimeOrderedEpoch();
            handle.execute(
                    "INSERT INTO courses.course_sections (id, course_id, title, sort_order) VALUES (?, ?, 'One', 0)",
                    sectionId,
                    courseId);
            handle.execute("""
                    INSERT INTO courses.lessons (id, section_id, course_id, title, type, mandatory, sort_order)
                    VALUES (?, ?, ?, 'A quiz', 'QUIZ', true, 0)
                    """, lessonId, sectionId, courseId);
        });
    }

    /// Takes the course out of the catalog.
    public Classroom draft() {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.courses SET status = 'DRAFT', published_at = NULL WHERE id = ?", courseId));
        return this;
    }

    /// The lesson of quizzes and assignments opens then.
    public void releaseLessonAt(Instant time) {
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.lessons SET release_at = ? WHERE id = ?",
                        java.sql.Timestamp.from(time),
                        lessonId));
    }

    /// Another lesson comes before that of quizzes and assignments.
    ///
    /// @return its id
    public UUID putLessonFirst() {
        var firstId = UuidCreator.getTimeOrderedEpoch();
        platform.superuser().useTransaction(handle -> {
            handle.execute("""
                    INSERT INTO courses.lessons (id, section_id, course_id, title, type, mandatory, sort_order)
                    SELECT ?, section_id, course_id, 'First', 'QUIZ', true, 1 FROM courses.lessons WHERE id = ?
                    """, firstId, lessonId);
            handle.execute(
                    "INSERT INTO courses.lesson_prerequisites (lesson_id, prerequisite_id) VALUES (?, ?)",
                    lessonId,
                    firstId);
        });
        return firstId;
    }

    public TestPlatform platform() {
        return platform;
    }

    public TestUser teacher() {
        return teacher;
    }

    public String courseId() {
        return courseId.toString();
    }

    public UUID lessonId() {
        return lessonId;
    }

    /// A new user who is enrolled.
    public TestUser learner() {
        var learner = platform.user();
        members.add(learner.id());
        enroll(learner, "ENROLLED", null);
        return learner;
    }

    /// @param expiresAt null for never
    public UUID enroll(TestUser learner, String status, @org.jspecify.annotations.Nullable Instant expiresAt) {
        var id = UuidCreator.getTimeOrderedEpoch();
        platform.superuser().useTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source, expires_at)
                            VALUES (:id, :userId, :courseId, :status, 'FREE', :expiresAt)
                            """)
                    .bind("id", id)
                    .bind("userId", learner.id())
                    .bind("courseId", courseId)
                    .bind("status", status)
                    .bind("expiresAt", expiresAt)
                    .execute();
            handle.execute(
                    "INSERT INTO enrollments.enrollment_keys (user_id, course_id, enrollment_id) VALUES (?, ?, ?)",
                    learner.id(),
                    courseId,
                    id);
        });
        return id;
    }

    public QuizBuilder quiz() {
        return new QuizBuilder(this);
    }

    /// Publishes a file assignment, or its next version.
    ///
    /// @return its id
    public String fileAssignment(UUID id, int version, FileAssignmentSettings settings) {
        var document = FileAssignmentVersion.newBuilder()
                .setFileAssignmentId(id.toString())
                .setVersion(version)
                .setCourseId(courseId.toString())
                .setLessonId(lessonId.toString())
                .setTitle("A task")
                .setSettings(settings)
                .build();
        platform.superuser().useTransaction(handle -> {
            handle.execute("""
                    INSERT INTO assignments.file_assignments (
                        id, course_id, lesson_id, title, status, published_version, published_at, created_at, updated_at)
                    VALUES (?, ?, ?, 'A task', 'PUBLISHED', 1, now(), now(), now()) ON CONFLICT DO NOTHING
                    """, id, courseId, lessonId);
            handle.execute("UPDATE assignments.file_assignments SET published_version = ? WHERE id = ?", version, id);
            handle.execute("""
                    INSERT INTO assignments.file_assignment_versions (
                        file_assignment_id, version, course_id, lesson_id, title, points, document, published_at)
                    VALUES (?, ?, ?, ?, 'A task', ?, ?, now())
                    """, id, version, courseId, lessonId, settings.getPoints(), document.toByteArray());
        });
        return id.toString();
    }

    /// A service as somebody calls it now: who belongs to the course signs in anew each time, since the
    /// clock of a test may run further than a token lives.
    public Channel as(TestUser user, String service) {
        return members.contains(user.id())
                ? platform.withToken(
                        service, platform.token(user, List.of(), UUID.randomUUID(), System.currentTimeMillis()))
                : platform.as(user, service);
    }

    /// Begins an attempt at a quiz.
    public Attempt start(TestUser learner, String quiz) {
        return attempts(learner)
                .startAttempt(StartAttemptRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setQuizId(quiz)
                        .build())
                .getAttempt();
    }

    /// Begins an attempt and hands it in with these answers.
    public Attempt sit(TestUser learner, String quiz, Answer... answers) {
        return submit(learner, start(learner, quiz), answers);
    }

    /// Hands an attempt in.
    public Attempt submit(TestUser learner, Attempt attempt, Answer... answers) {
        return attempts(learner)
                .submitAttempt(SubmitAttemptRequest.newBuilder()
                        .setAttemptId(attempt.getId())
                        .addAllAnswers(List.of(answers))
                        .build())
                .getAttempt();
    }

    public Attempt get(TestUser reader, Attempt attempt) {
        return attempts(reader)
                .getAttempt(GetAttemptRequest.newBuilder()
                        .setAttemptId(attempt.getId())
                        .build())
                .getAttempt();
    }

    public AttemptServiceBlockingStub attempts(TestUser user) {
        return AttemptServiceGrpc.newBlockingStub(as(user, "grades"));
    }

    public GradingServiceBlockingStub grading(TestUser user) {
        return GradingServiceGrpc.newBlockingStub(as(user, "grades"));
    }

    public GradebookServiceBlockingStub gradebook(TestUser user) {
        return GradebookServiceGrpc.newBlockingStub(as(user, "grades"));
    }

    public LeaderboardServiceBlockingStub leaderboard(TestUser user) {
        return LeaderboardServiceGrpc.newBlockingStub(as(user, "grades"));
    }

    public SubmissionServiceBlockingStub submissions(TestUser user) {
        return SubmissionServiceGrpc.newBlockingStub(as(user, "grades"));
    }
}
