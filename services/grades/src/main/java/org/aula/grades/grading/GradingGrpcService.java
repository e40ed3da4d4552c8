package org.aula.grades.grading;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.Attempt;
import org.aula.api.grades.v1.CancelOperationRequest;
import org.aula.api.grades.v1.CancelOperationResponse;
import org.aula.api.grades.v1.ClaimResponseRequest;
import org.aula.api.grades.v1.ClaimResponseResponse;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.GetOperationRequest;
import org.aula.api.grades.v1.GetOperationResponse;
import org.aula.api.grades.v1.GradeResponseRequest;
import org.aula.api.grades.v1.GradeResponseResponse;
import org.aula.api.grades.v1.GradingServiceGrpc;
import org.aula.api.grades.v1.ListPendingResponsesRequest;
import org.aula.api.grades.v1.ListPendingResponsesResponse;
import org.aula.api.grades.v1.ListScoreChangesRequest;
import org.aula.api.grades.v1.ListScoreChangesResponse;
import org.aula.api.grades.v1.PendingResponse;
import org.aula.api.grades.v1.RegradeQuizRequest;
import org.aula.api.grades.v1.RegradeQuizResponse;
import org.aula.api.grades.v1.ReleaseResponseRequest;
import org.aula.api.grades.v1.ReleaseResponseResponse;
import org.aula.api.grades.v1.SetAttemptFeedbackRequest;
import org.aula.api.grades.v1.SetAttemptFeedbackResponse;
import org.aula.grades.attempt.AttemptMapper;
import org.aula.grades.attempt.AttemptRepository;
import org.aula.grades.attempt.ScoreChangeRepository;
import org.aula.grades.course.Courses;
import org.aula.grades.grading.GradingRepository.Place;
import org.aula.grades.grading.GradingRepository.Query;
import org.aula.grades.quiz.QuizVersions;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.operation.Operations;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;

/// `aula.grades.v1.GradingService`.
@Singleton
final class GradingGrpcService extends GradingServiceGrpc.GradingServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_QUEUE = 50;
    private static final int MAX_PAGE = 100;

    private final HandGrading work;
    private final GradingRepository grading;
    private final AttemptRepository attempts;
    private final ScoreChangeRepository changes;
    private final QuizVersions quizVersions;
    private final Courses courses;
    private final Operations operations;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    GradingGrpcService(
            HandGrading work,
            GradingRepository grading,
            AttemptRepository attempts,
            ScoreChangeRepository changes,
            QuizVersions quizVersions,
            Courses courses,
            Operations operations,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.work = work;
        this.grading = grading;
        this.attempts = attempts;
        this.changes = changes;
        this.quizVersions = quizVersions;
        this.courses = courses;
        this.operations = operations;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void listPendingResponses(
            ListPendingResponsesRequest request, StreamObserver<ListPendingResponsesResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_QUEUE);
        var after = tokens.open(request, request.getPageToken())
                .map(key -> new Place(Instant.parse(key.getFirst()), UUID.fromString(key.getLast())))
                .orElse(null);
        var query = new Query(
                courseId,
                request.getQuizId().isEmpty() ? null : UUID.fromString(request.getQuizId()),
                request.getUnclaimedOnly() ? CallScope.current().requireUser() : null,
                after,
                size + 1);
        var answer = ListPendingResponsesResponse.newBuilder();
        transactions.read(handle -> {
            courses.requireTeacher(handle, courseId);
            var rows = grading.list(handle, query, clock.instant());
            var page = Page.of(rows, size, tokens, request, GradingGrpcService::key, request.getWithItemTokens());
            page.items().forEach(row -> answer.addResponses(message(handle, row)));
            return answer.setNextPageToken(page.nextPageToken()).addAllItemTokens(page.itemTokens());
        });
        Replies.send(observer, answer.build());
    }

    private PendingResponse message(Handle handle, PendingRow row) {
        var question = quizVersions
                .get(handle, row.quizId(), row.quizVersion())
                .question(row.response().questionId())
                .orElseThrow();
        return GradingMapper.toProto(row, question);
    }

    private static List<String> key(PendingRow row) {
        return List.of(row.submittedAt().toString(), row.response().id().toString());
    }

    @Override
    public void claimResponse(ClaimResponseRequest request, StreamObserver<ClaimResponseResponse> observer) {
        var grader = CallScope.current().requireUser();
        var until = transactions.write(handle -> work.claim(handle, UUID.fromString(request.getResponseId()), grader));
        Replies.send(
                observer,
                ClaimResponseResponse.newBuilder()
                        .setClaimedUntil(org.aula.kernel.time.Times.timestamp(until))
                        .build());
    }

    @Override
    public void releaseResponse(ReleaseResponseRequest request, StreamObserver<ReleaseResponseResponse> observer) {
        var grader = CallScope.current().requireUser();
        transactions.writeVoid(handle -> work.release(handle, UUID.fromString(request.getResponseId()), grader));
        Replies.send(observer, ReleaseResponseResponse.getDefaultInstance());
    }

    @Override
    public void gradeResponse(GradeResponseRequest request, StreamObserver<GradeResponseResponse> observer) {
        var grader = CallScope.current().requireUser();
        var points = GradingMapper.points(request.getPoints());
        var message = transactions.write(handle -> {
            var change =
                    work.grade(handle, UUID.fromString(request.getResponseId()), points, request.getFeedback(), grader);
            return recorded(handle, change.before(), change.after());
        });
        Replies.send(
                observer, GradeResponseResponse.newBuilder().setAttempt(message).build());
    }

    @Override
    public void setAttemptFeedback(
            SetAttemptFeedbackRequest request, StreamObserver<SetAttemptFeedbackResponse> observer) {
        var message = transactions.write(handle -> {
            var before = work.lockSubmitted(handle, UUID.fromString(request.getAttemptId()));
            var next = before.commented(request.getFeedback());
            attempts.update(handle, next);
            return recorded(handle, before, next);
        });
        Replies.send(
                observer,
                SetAttemptFeedbackResponse.newBuilder().setAttempt(message).build());
    }

    private Attempt recorded(
            Handle handle, org.aula.grades.attempt.Attempt before, org.aula.grades.attempt.Attempt after) {
        var message = AttemptMapper.toProto(after);
        audit.record(handle, "attempt", after.id(), AttemptMapper.toProto(before), message);
        return message;
    }

    @Override
    public void regradeQuiz(RegradeQuizRequest request, StreamObserver<RegradeQuizResponse> observer) {
        var owner = CallScope.current().requireUser();
        var quizId = UUID.fromString(request.getQuizId());
        transactions.read(handle -> {
            var quiz = quizVersions.find(handle, quizId).orElseThrow(GradingGrpcService::quizNotFound);
            courses.requireTeacher(handle, quiz.courseId(), GradingGrpcService::quizNotFound);
            return quiz;
        });
        var response = idempotency.run(request, RegradeQuizResponse.parser(), handle -> {
            var operation = operations.start(handle, Regrading.KIND, owner, request);
            audit.record(handle, "quiz", quizId, null, null);
            return RegradeQuizResponse.newBuilder().setOperation(operation).build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void listScoreChanges(ListScoreChangesRequest request, StreamObserver<ListScoreChangesResponse> observer) {
        var attemptId = UUID.fromString(request.getAttemptId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var rows = transactions.read(handle -> {
            var attempt = attempts.find(handle, attemptId).orElseThrow(HandGrading::attemptNotFound);
            courses.requireLearnerOrTeacher(handle, attempt.userId(), attempt.courseId(), HandGrading::attemptNotFound);
            return changes.list(handle, attemptId, before, size + 1);
        });
        var page = Page.of(
                rows, size, tokens, request, change -> List.of(change.id().toString()), request.getWithItemTokens());
        Replies.send(
                observer,
                ListScoreChangesResponse.newBuilder()
                        .addAllChanges(page.items().stream()
                                .map(GradingMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void getOperation(GetOperationRequest request, StreamObserver<GetOperationResponse> observer) {
        var operation = operations.get(UUID.fromString(request.getOperationId()));
        Replies.send(
                observer,
                GetOperationResponse.newBuilder().setOperation(operation).build());
    }

    @Override
    public void cancelOperation(CancelOperationRequest request, StreamObserver<CancelOperationResponse> observer) {
        var operation = operations.cancel(UUID.fromString(request.getOperationId()));
        Replies.send(
                observer,
                CancelOperationResponse.newBuilder().setOperation(operation).build());
    }

    static ServiceException quizNotFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND, "there is no such quiz");
    }
}
