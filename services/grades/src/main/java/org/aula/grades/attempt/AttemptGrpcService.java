package org.aula.grades.attempt;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.api.grades.v1.AttemptServiceHandler;
import org.aula.api.grades.v1.GetAttemptRequest;
import org.aula.api.grades.v1.GetAttemptResponse;
import org.aula.api.grades.v1.ListAttemptsRequest;
import org.aula.api.grades.v1.ListAttemptsResponse;
import org.aula.api.grades.v1.ListMyAttemptsRequest;
import org.aula.api.grades.v1.ListMyAttemptsResponse;
import org.aula.api.grades.v1.SaveAnswersRequest;
import org.aula.api.grades.v1.SaveAnswersResponse;
import org.aula.api.grades.v1.StartAttemptRequest;
import org.aula.api.grades.v1.StartAttemptResponse;
import org.aula.api.grades.v1.SubmitAttemptRequest;
import org.aula.api.grades.v1.SubmitAttemptResponse;
import org.aula.courseaccess.CourseGuard;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;

/// `aula.grades.v1.AttemptService`. Repeating a request needs no key beside what the attempt itself keeps:
/// the id of the request that began it, and that it was handed in.
@Singleton
final class AttemptGrpcService extends AttemptServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final AttemptService work;
    private final AttemptRepository attempts;
    private final ResponseRepository responses;
    private final AttemptReader reader;
    private final QuizVersions quizVersions;
    private final CourseGuard courses;
    private final Database database;
    private final PageTokens tokens;

    AttemptGrpcService(
            AttemptService work,
            AttemptRepository attempts,
            ResponseRepository responses,
            AttemptReader reader,
            QuizVersions quizVersions,
            CourseGuard courses,
            Database database,
            PageTokens tokens) {
        this.work = work;
        this.attempts = attempts;
        this.responses = responses;
        this.reader = reader;
        this.quizVersions = quizVersions;
        this.courses = courses;
        this.database = database;
        this.tokens = tokens;
    }

    @Override
    protected StartAttemptResponse startAttempt(StartAttemptRequest request) {
        var userId = CallScope.current().requireUser();
        var requestId = UUID.fromString(request.getRequestId());
        var quizId = UUID.fromString(request.getQuizId());
        var message = learners(() -> work.start(requestId, userId, quizId));
        return StartAttemptResponse.newBuilder().setAttempt(message).build();
    }

    @Override
    protected SaveAnswersResponse saveAnswers(SaveAnswersRequest request) {
        var given = AnswerMapper.fromProto(request.getAnswersList());
        var attempt = database.transact(() -> work.save(UUID.fromString(request.getAttemptId()), given));
        return SaveAnswersResponse.newBuilder()
                .setAttempt(AttemptMapper.toProto(attempt))
                .build();
    }

    @Override
    protected SubmitAttemptResponse submitAttempt(SubmitAttemptRequest request) {
        var given = AnswerMapper.fromProto(request.getAnswersList());
        var message = learners(() -> work.submit(UUID.fromString(request.getAttemptId()), given));
        return SubmitAttemptResponse.newBuilder().setAttempt(message).build();
    }

    /// The attempt that some work leaves, as its learner sees it.
    private org.aula.api.grades.v1.Attempt learners(Supplier<AttemptWithResponses> change) {
        return database.transact(() -> {
            var answered = change.get();
            var attempt = answered.attempt();
            return AttemptMapper.toProto(attempt, reader.questions(attempt, answered.responses(), false));
        });
    }

    @Override
    protected GetAttemptResponse getAttempt(GetAttemptRequest request) {
        var message = database.query(() -> {
            var attempt = attempts.find(UUID.fromString(request.getAttemptId())).orElseThrow(AttemptService::notFound);
            var forGrader =
                    courses.requireLearnerOrTeacher(attempt.userId(), attempt.courseId(), AttemptService::notFound);
            var kept = responses.list(attempt.id());
            return AttemptMapper.toProto(attempt, reader.questions(attempt, kept, forGrader));
        });
        return GetAttemptResponse.newBuilder().setAttempt(message).build();
    }

    @Override
    protected ListMyAttemptsResponse listMyAttempts(ListMyAttemptsRequest request) {
        var userId = CallScope.current().requireUser();
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new AttemptQuery(
                userId,
                AttemptMapper.idOrNull(request.getQuizId()),
                AttemptMapper.idOrNull(request.getCourseId()),
                null,
                before(tokens.open(request, request.getPageToken())),
                size + 1);
        var rows = database.query(() -> attempts.list(query));
        var page = Page.of(rows, size, tokens, request, AttemptGrpcService::key, request.getWithItemTokens());
        return ListMyAttemptsResponse.newBuilder()
                .addAllAttempts(
                        page.items().stream().map(AttemptMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected ListAttemptsResponse listAttempts(ListAttemptsRequest request) {
        var quizId = UUID.fromString(request.getQuizId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new AttemptQuery(
                AttemptMapper.idOrNull(request.getUserId()),
                quizId,
                null,
                AttemptMapper.filter(request.getStatus()),
                before(tokens.open(request, request.getPageToken())),
                size + 1);
        var rows = database.query(() -> {
            var quiz = quizVersions.find(quizId).orElseThrow(AttemptService::quizNotFound);
            courses.requireTeacher(quiz.courseId(), AttemptService::quizNotFound);
            return attempts.list(query);
        });
        var page = Page.of(rows, size, tokens, request, AttemptGrpcService::key, request.getWithItemTokens());
        return ListAttemptsResponse.newBuilder()
                .addAllAttempts(
                        page.items().stream().map(AttemptMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    private static List<String> key(Attempt attempt) {
        return List.of(attempt.id().toString());
    }

    private static @org.jspecify.annotations.Nullable UUID before(java.util.Optional<List<String>> key) {
        return key.map(values -> UUID.fromString(values.getFirst())).orElse(null);
    }
}
