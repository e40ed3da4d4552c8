package org.aula.grades.attempt;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.aula.api.grades.v1.AttemptServiceGrpc;
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
import org.aula.grades.course.Courses;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.grades.v1.AttemptService`. Repeating a request needs no key beside what the attempt itself keeps:
/// the id of the request that began it, and that it was handed in.
@Singleton
final class AttemptGrpcService extends AttemptServiceGrpc.AttemptServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final AttemptService work;
    private final AttemptRepository attempts;
    private final ResponseRepository responses;
    private final AttemptReader reader;
    private final QuizVersions quizVersions;
    private final Courses courses;
    private final Transactions transactions;
    private final PageTokens tokens;

    AttemptGrpcService(
            AttemptService work,
            AttemptRepository attempts,
            ResponseRepository responses,
            AttemptReader reader,
            QuizVersions quizVersions,
            Courses courses,
            Transactions transactions,
            PageTokens tokens) {
        this.work = work;
        this.attempts = attempts;
        this.responses = responses;
        this.reader = reader;
        this.quizVersions = quizVersions;
        this.courses = courses;
        this.transactions = transactions;
        this.tokens = tokens;
    }

    @Override
    public void startAttempt(StartAttemptRequest request, StreamObserver<StartAttemptResponse> observer) {
        var userId = CallScope.current().requireUser();
        var requestId = UUID.fromString(request.getRequestId());
        var quizId = UUID.fromString(request.getQuizId());
        var message = learners(handle -> work.start(handle, requestId, userId, quizId));
        Replies.send(
                observer, StartAttemptResponse.newBuilder().setAttempt(message).build());
    }

    @Override
    public void saveAnswers(SaveAnswersRequest request, StreamObserver<SaveAnswersResponse> observer) {
        var given = AnswerMapper.fromProto(request.getAnswersList());
        var attempt = transactions.write(handle -> work.save(handle, UUID.fromString(request.getAttemptId()), given));
        Replies.send(
                observer,
                SaveAnswersResponse.newBuilder()
                        .setAttempt(AttemptMapper.toProto(attempt))
                        .build());
    }

    @Override
    public void submitAttempt(SubmitAttemptRequest request, StreamObserver<SubmitAttemptResponse> observer) {
        var given = AnswerMapper.fromProto(request.getAnswersList());
        var message = learners(handle -> work.submit(handle, UUID.fromString(request.getAttemptId()), given));
        Replies.send(
                observer, SubmitAttemptResponse.newBuilder().setAttempt(message).build());
    }

    /// The attempt that some work leaves, as its learner sees it.
    private org.aula.api.grades.v1.Attempt learners(Function<Handle, AttemptWithResponses> change) {
        return transactions.write(handle -> {
            var answered = change.apply(handle);
            var attempt = answered.attempt();
            return AttemptMapper.toProto(attempt, reader.questions(handle, attempt, answered.responses(), false));
        });
    }

    @Override
    public void getAttempt(GetAttemptRequest request, StreamObserver<GetAttemptResponse> observer) {
        var message = transactions.read(handle -> {
            var attempt = attempts.find(handle, UUID.fromString(request.getAttemptId()))
                    .orElseThrow(AttemptService::notFound);
            var forGrader = courses.requireLearnerOrTeacher(
                    handle, attempt.userId(), attempt.courseId(), AttemptService::notFound);
            var kept = responses.list(handle, attempt.id());
            return AttemptMapper.toProto(attempt, reader.questions(handle, attempt, kept, forGrader));
        });
        Replies.send(
                observer, GetAttemptResponse.newBuilder().setAttempt(message).build());
    }

    @Override
    public void listMyAttempts(ListMyAttemptsRequest request, StreamObserver<ListMyAttemptsResponse> observer) {
        var userId = CallScope.current().requireUser();
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new AttemptQuery(
                userId,
                AttemptMapper.idOrNull(request.getQuizId()),
                AttemptMapper.idOrNull(request.getCourseId()),
                null,
                before(tokens.open(request, request.getPageToken())),
                size + 1);
        var rows = transactions.read(handle -> attempts.list(handle, query));
        var page = Page.of(rows, size, tokens, request, AttemptGrpcService::key, request.getWithItemTokens());
        Replies.send(
                observer,
                ListMyAttemptsResponse.newBuilder()
                        .addAllAttempts(page.items().stream()
                                .map(AttemptMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void listAttempts(ListAttemptsRequest request, StreamObserver<ListAttemptsResponse> observer) {
        var quizId = UUID.fromString(request.getQuizId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new AttemptQuery(
                AttemptMapper.idOrNull(request.getUserId()),
                quizId,
                null,
                AttemptMapper.filter(request.getStatus()),
                before(tokens.open(request, request.getPageToken())),
                size + 1);
        var rows = transactions.read(handle -> {
            var quiz = quizVersions.find(handle, quizId).orElseThrow(AttemptService::quizNotFound);
            courses.requireTeacher(handle, quiz.courseId(), AttemptService::quizNotFound);
            return attempts.list(handle, query);
        });
        var page = Page.of(rows, size, tokens, request, AttemptGrpcService::key, request.getWithItemTokens());
        Replies.send(
                observer,
                ListAttemptsResponse.newBuilder()
                        .addAllAttempts(page.items().stream()
                                .map(AttemptMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    private static List<String> key(Attempt attempt) {
        return List.of(attempt.id().toString());
    }

    private static @org.jspecify.annotations.Nullable UUID before(java.util.Optional<List<String>> key) {
        return key.map(values -> UUID.fromString(values.getFirst())).orElse(null);
    }
}
