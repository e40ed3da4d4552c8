package org.aula.bench.spring;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.aula.api.assignments.v1.QuizVersion;
import org.aula.api.assignments.v1.ShowAnswers;
import org.aula.api.grades.v1.Answer;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.AttemptQuestion;
import org.aula.api.grades.v1.AttemptServiceGrpc;
import org.aula.api.grades.v1.AttemptStatus;
import org.aula.api.grades.v1.QuestionResult;
import org.aula.api.grades.v1.SubmitAttemptRequest;
import org.aula.api.grades.v1.SubmitAttemptResponse;
import org.aula.bench.spring.QuizPaper.Asked;
import org.aula.bench.spring.QuizPaper.Mark;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.grpc.server.service.GrpcService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.transaction.support.TransactionTemplate;

/// Hands attempts in and grades them, in one transaction: the answers, the attempt, its history, the event,
/// the score and the mark that has the grade worked out. Quizzes without time limit only.
@GrpcService
class QuizPeer extends AttemptServiceGrpc.AttemptServiceImplBase {

    private static final JsonFormat.Printer JSON = JsonFormat.printer().omittingInsignificantWhitespace();

    private record Version(String quizId, int number) {}

    /// What an attempt has for a question; no answer is null.
    private record Response(Answer answer, Mark mark) {}

    private record Loaded(Attempt.Builder attempt, int lastVersion) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    /// Versions never change: a class that hands in reads one once.
    private final Map<Version, QuizPaper> papers = new ConcurrentHashMap<>();

    QuizPeer(@Qualifier("grades") JdbcClient jdbc, @Qualifier("grades") TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public void submitAttempt(SubmitAttemptRequest request, StreamObserver<SubmitAttemptResponse> observer) {
        var caller = Caller.current();
        if (caller == null) {
            throw refused(Status.UNAUTHENTICATED, "authentication required");
        }
        var attempt = transactions.execute(status -> submit(caller.id(), request));
        observer.onNext(SubmitAttemptResponse.newBuilder().setAttempt(attempt).build());
        observer.onCompleted();
    }

    private Attempt submit(String caller, SubmitAttemptRequest request) {
        var id = UUID.fromString(request.getAttemptId());
        var loaded = lock(id);
        var attempt = loaded.attempt();
        if (!attempt.getUserId().equals(caller)) {
            throw refused(Status.NOT_FOUND, "attempt not found");
        }
        if (attempt.hasEndTime()) {
            throw refused(Status.UNIMPLEMENTED, "quizzes without time limit only");
        }
        var paper = paper(attempt.getQuizId(), attempt.getQuizVersion());
        var responses = responses(id);
        if (attempt.getStatus() == AttemptStatus.ATTEMPT_STATUS_IN_PROGRESS) {
            paper.require(request.getAnswersList());
            request.getAnswersList()
                    .forEach(answer -> responses.put(answer.getQuestionId(), new Response(answer, null)));
            paper.questions().forEach((question, asked) -> responses.compute(question, (key, found) -> {
                var answer = found == null ? null : found.answer();
                return new Response(answer, QuizPaper.mark(asked, answer));
            }));
            grade(id, attempt, paper, responses);
        }
        var shows = paper(attempt.getQuizId(), loaded.lastVersion()).version().getSettings().getShowAnswers()
                == ShowAnswers.SHOW_ANSWERS_AFTER_SUBMIT;
        paper.questions()
                .forEach((question, asked) -> attempt.addQuestions(shown(asked, responses.get(question), shows)));
        return attempt.build();
    }

    private Loaded lock(UUID id) {
        return jdbc.sql("""
                        SELECT s.*,
                               (SELECT published_version FROM assignments_api.quizzes WHERE id = s.quiz_id) AS last_version
                        FROM quiz_submissions s WHERE s.id = :id FOR UPDATE OF s
                        """)
                .param("id", id)
                .query((row, number) -> new Loaded(attempt(row), row.getInt("last_version")))
                .optional()
                .orElseThrow(() -> refused(Status.NOT_FOUND, "attempt not found"));
    }

    private static Attempt.Builder attempt(ResultSet row) throws SQLException {
        var lesson = row.getString("lesson_id");
        var seconds = row.getObject("time_spent_seconds", Integer.class);
        var attempt = Attempt.newBuilder()
                .setId(row.getString("id"))
                .setQuizId(row.getString("quiz_id"))
                .setQuizVersion(row.getInt("quiz_version"))
                .setCourseId(row.getString("course_id"))
                .setLessonId(lesson == null ? "" : lesson)
                .setUserId(row.getString("user_id"))
                .setEnrollmentId(row.getString("enrollment_id"))
                .setNumber(row.getInt("attempt_number"))
                .setStatus(AttemptStatus.valueOf("ATTEMPT_STATUS_" + row.getString("status")))
                .setScore(row.getDouble("score"))
                .setMaxScore(row.getDouble("max_score"))
                .setPassed(row.getBoolean("passed"))
                .setStartTime(timestamp(instant(row, "started_at")))
                .setTimedOut(row.getBoolean("timed_out"))
                .setFeedback(row.getString("instructor_feedback"));
        if (seconds != null) {
            attempt.setTimeSpent(Duration.newBuilder().setSeconds(seconds));
        }
        if (row.getObject("end_at") != null) {
            attempt.setEndTime(timestamp(instant(row, "end_at")));
        }
        if (row.getObject("submitted_at") != null) {
            attempt.setSubmitTime(timestamp(instant(row, "submitted_at")));
        }
        if (row.getObject("graded_at") != null) {
            attempt.setGradeTime(timestamp(instant(row, "graded_at")));
        }
        return attempt;
    }

    private QuizPaper paper(String quizId, int version) {
        return papers.computeIfAbsent(new Version(quizId, version), key -> {
            var document = jdbc.sql("""
                            SELECT document FROM assignments_api.quiz_versions WHERE quiz_id = :quiz AND version = :version
                            """)
                    .param("quiz", UUID.fromString(quizId))
                    .param("version", version)
                    .query((row, number) -> row.getBytes(1))
                    .single();
            try {
                return QuizPaper.of(QuizVersion.parseFrom(document));
            } catch (InvalidProtocolBufferException broken) {
                throw new IllegalStateException(broken);
            }
        });
    }

    private Map<String, Response> responses(UUID id) {
        var responses = new HashMap<String, Response>();
        jdbc.sql("""
                        SELECT question_id, answer_data, coalesce(is_correct, false), points_earned FROM quiz_responses
                        WHERE submission_id = :id
                        """)
                .param("id", id)
                .query(row -> {
                    var mark = new Mark(row.getBigDecimal(4), row.getBoolean(3));
                    responses.put(row.getString(1), new Response(answer(row.getString(2)), mark));
                });
        return responses;
    }

    private static Answer answer(String json) {
        if (json == null) {
            return null;
        }
        try {
            var answer = Answer.newBuilder();
            JsonFormat.parser().merge(json, answer);
            return answer.build();
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void grade(UUID id, Attempt.Builder attempt, QuizPaper paper, Map<String, Response> responses) {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var score = responses.values().stream()
                .map(found -> found.mark().points())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var most = BigDecimal.valueOf(paper.questions().values().stream()
                .mapToLong(asked -> asked.written().getPoints())
                .sum());
        var started = Instant.ofEpochSecond(
                attempt.getStartTime().getSeconds(), attempt.getStartTime().getNanos());
        attempt.setStatus(AttemptStatus.ATTEMPT_STATUS_GRADED)
                .setScore(score.doubleValue())
                .setMaxScore(most.doubleValue())
                .setPassed(paper.passes(score, most))
                .setTimeSpent(Duration.newBuilder()
                        .setSeconds(Math.max(0, java.time.Duration.between(started, now).toSeconds())))
                .setSubmitTime(timestamp(now))
                .setGradeTime(timestamp(now));
        saveResponses(id, paper, responses, now);
        new Grading(jdbc, id, attempt, score, most, now.atOffset(ZoneOffset.UTC)).save(paper.version());
    }

    private void saveResponses(UUID id, QuizPaper paper, Map<String, Response> responses, Instant now) {
        var asked = List.copyOf(paper.questions().values());
        var found = asked.stream()
                .map(one -> responses.get(one.written().getId()))
                .toList();
        jdbc.sql("""
                        INSERT INTO quiz_responses (
                            id, submission_id, question_id, answer_data, state, is_correct, points_earned, max_points,
                            created_at, updated_at)
                        SELECT id, :attempt, question, CAST(answer AS jsonb), 'GRADED', correct, points, most, :now, :now
                        FROM unnest(:ids, :questions, :answers, :correct, :points, :most)
                            AS given (id, question, answer, correct, points, most)
                        ON CONFLICT (submission_id, question_id) DO UPDATE
                        SET answer_data = excluded.answer_data, state = excluded.state,
                            is_correct = excluded.is_correct, points_earned = excluded.points_earned,
                            max_points = excluded.max_points, updated_at = excluded.updated_at
                        """)
                .param("attempt", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("ids", array("uuid", asked.stream().map(one -> UuidCreator.getTimeOrderedEpoch())))
                .param("questions", array("uuid", asked.stream().map(one -> UUID.fromString(one.written().getId()))))
                .param("answers", array("text", found.stream().map(QuizPeer::json)))
                .param("correct", array("bool", found.stream().map(one -> one.mark().correct())))
                .param("points", array("numeric", found.stream().map(one -> one.mark().points())))
                .param("most", array("int4", asked.stream().map(one -> one.written().getPoints())))
                .update();
    }

    private static SqlArrayValue array(String type, Stream<?> values) {
        return new SqlArrayValue(type, values.toArray());
    }

    private static String json(Response response) {
        try {
            return response.answer() == null ? null : JSON.print(response.answer());
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static AttemptQuestion shown(Asked asked, Response response, boolean shows) {
        var question = AttemptQuestion.newBuilder().setQuestion(asked.learners());
        if (response != null && response.answer() != null) {
            question.setAnswer(response.answer());
        }
        if (shows && response != null) {
            question.setResult(QuestionResult.newBuilder()
                    .setPoints(response.mark().points().doubleValue())
                    .setMaxPoints(asked.written().getPoints())
                    .setCorrect(response.mark().correct()));
        }
        return shows
                ? question.setKey(asked.written().getForm())
                        .setExplanation(asked.written().getExplanation())
                        .build()
                : question.build();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static StatusRuntimeException refused(Status status, String text) {
        return status.withDescription(text).asRuntimeException();
    }
}
