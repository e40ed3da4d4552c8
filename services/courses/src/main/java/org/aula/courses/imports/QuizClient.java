package org.aula.courses.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.aula.api.assignments.v1.BatchCreateQuizzesRequest;
import org.aula.api.assignments.v1.NewQuestion;
import org.aula.api.assignments.v1.NewQuiz;
import org.aula.api.assignments.v1.QuizServiceGrpc;
import org.aula.api.assignments.v1.QuizSettings;
import org.aula.api.assignments.v1.ShowAnswers;
import org.aula.courses.olx.ImportedQuestion;
import org.aula.courses.olx.ImportedQuiz;
import org.aula.kernel.client.Calls;
import org.aula.kernel.client.Channels;

/// The assignments service, as imports use it in the name of this service.
@Singleton
final class QuizClient {

    private static final int MAX_BATCH = 100;
    private static final int MAX_BYTES = 3 * 1024 * 1024;

    /// What a quiz passes with that counts, as one that an author makes; whoever hands in one that does not
    /// count has done what there was to do.
    private static final double GRADED_PASS = 70;

    private final Channels channels;

    QuizClient(Channels channels) {
        this.channels = channels;
    }

    /// A quiz to make.
    ///
    /// @param places where its questions come from, for people
    record Wanted(NewQuiz message, IntFunction<String> places) {
        static Wanted of(DraftQuiz quiz) {
            return new Wanted(
                    QuizClient.message(quiz),
                    index -> quiz.questions().get(index).sourceId());
        }
    }

    /// Makes quizzes of a course, published: while the course is a draft nobody can take them. Asked again
    /// for the same course, it makes none twice.
    ///
    /// @param quizzes read as they are needed; all of them together may be large
    /// @param afterPart called after each call with the number of quizzes that it was about; may throw to
    ///     stop
    /// @throws org.aula.kernel.error.UpstreamException when they cannot be made
    void create(UUID courseId, Iterator<Wanted> quizzes, Issues issues, IntConsumer afterPart) {
        var part = new ArrayList<Wanted>();
        var bytes = 0L;
        var parts = 0;
        while (quizzes.hasNext()) {
            var quiz = quizzes.next();
            var size = quiz.message().getSerializedSize();
            if (part.size() == MAX_BATCH || bytes > 0 && bytes + size > MAX_BYTES) {
                send(courseId, parts++, part, issues);
                afterPart.accept(part.size());
                part.clear();
                bytes = 0;
            }
            part.add(quiz);
            bytes += size;
        }
        if (!part.isEmpty()) {
            send(courseId, parts, part, issues);
            afterPart.accept(part.size());
        }
    }

    private void send(UUID courseId, int part, List<Wanted> quizzes, Issues issues) {
        var requestId = UuidCreator.getNameBasedSha1(courseId, "quizzes " + part);
        var request = BatchCreateQuizzesRequest.newBuilder()
                .setRequestId(requestId.toString())
                .setCourseId(courseId.toString())
                .addAllQuizzes(quizzes.stream().map(Wanted::message).toList())
                .setPublish(true)
                .build();
        var stub = QuizServiceGrpc.newFutureStub(channels.channel("assignments"));
        var answer = Calls.await("assignments", stub.batchCreateQuizzes(request));
        answer.getRefusalsList().forEach(refusal -> {
            var quiz = quizzes.get(refusal.getQuizIndex());
            issues.add(
                    quiz.places().apply(refusal.getQuestionIndex()),
                    quiz.message().getTitle(),
                    refusal.getMessage());
        });
    }

    private static NewQuiz message(DraftQuiz quiz) {
        return NewQuiz.newBuilder()
                .setLessonId(quiz.lessonId().toString())
                .setTitle(quiz.title())
                .setSettings(settings(quiz))
                .addAllQuestions(
                        quiz.questions().stream().map(QuizClient::message).toList())
                .build();
    }

    private static NewQuestion message(ImportedQuestion question) {
        return NewQuestion.newBuilder()
                .setText(question.html())
                .setForm(AnswerMapper.toProto(question.answer()))
                .setPoints(question.points())
                .setExplanation(question.explanation())
                .build();
    }

    private static QuizSettings settings(DraftQuiz quiz) {
        return QuizSettings.newBuilder()
                .setPassingPercentage(quiz.imported().graded() ? GRADED_PASS : 0)
                .setMaxAttempts(quiz.imported().maxAttempts())
                .setShuffleOptions(
                        quiz.questions().stream().anyMatch(question -> AnswerMapper.isShuffled(question.answer())))
                .setShowAnswers(shown(quiz.imported().shown()))
                .build();
    }

    private static ShowAnswers shown(ImportedQuiz.Shown shown) {
        return switch (shown) {
            case AFTER_SUBMIT -> ShowAnswers.SHOW_ANSWERS_AFTER_SUBMIT;
            case AFTER_PASS -> ShowAnswers.SHOW_ANSWERS_AFTER_PASS;
            case AFTER_CLOSE -> ShowAnswers.SHOW_ANSWERS_AFTER_CLOSE;
            case NEVER -> ShowAnswers.SHOW_ANSWERS_NEVER;
        };
    }
}
