package org.aula.grades.grading;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.CancelOperationRequest;
import org.aula.api.grades.v1.CancelOperationResponse;
import org.aula.api.grades.v1.ClaimResponseRequest;
import org.aula.api.grades.v1.ClaimResponseResponse;
import org.aula.api.grades.v1.GetOperationRequest;
import org.aula.api.grades.v1.GetOperationResponse;
import org.aula.api.grades.v1.GradeResponseRequest;
import org.aula.api.grades.v1.GradeResponseResponse;
import org.aula.api.grades.v1.GradingServiceHandler;
import org.aula.api.grades.v1.ListPendingResponsesRequest;
import org.aula.api.grades.v1.ListPendingResponsesResponse;
import org.aula.api.grades.v1.ListScoreChangesRequest;
import org.aula.api.grades.v1.ListScoreChangesResponse;
import org.aula.api.grades.v1.RegradeQuizRequest;
import org.aula.api.grades.v1.RegradeQuizResponse;
import org.aula.api.grades.v1.ReleaseResponseRequest;
import org.aula.api.grades.v1.ReleaseResponseResponse;
import org.aula.api.grades.v1.SetAttemptFeedbackRequest;
import org.aula.api.grades.v1.SetAttemptFeedbackResponse;
import org.aula.api.grades.v1.WatchOperationRequest;
import org.aula.api.grades.v1.WatchOperationResponse;
import org.aula.grades.attempt.AttemptMapper;
import org.aula.grades.grading.GradingRepository.Cursor;
import org.aula.grades.grading.GradingRepository.Filter;
import org.aula.grades.grading.GradingService.Pending;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.operation.OperationStreams;
import org.aula.kernel.operation.Operations;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.stream.ServerStream;
import org.aula.kernel.time.Times;

/// `aula.grades.v1.GradingService`.
@Singleton
final class GradingGrpcService extends GradingServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_QUEUE = 50;
    private static final int MAX_PAGE = 100;

    private final GradingService grading;
    private final Operations operations;
    private final OperationStreams operationStreams;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;

    GradingGrpcService(
            GradingService grading,
            Operations operations,
            OperationStreams operationStreams,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens) {
        this.grading = grading;
        this.operations = operations;
        this.operationStreams = operationStreams;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
    }

    @Override
    protected ListPendingResponsesResponse listPendingResponses(ListPendingResponsesRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_QUEUE);
        var after = tokens.open(request, request.getPageToken())
                .map(key -> new Cursor(Instant.parse(key.getFirst()), UUID.fromString(key.getLast())))
                .orElse(null);
        var query = new Filter(
                courseId,
                request.getQuizId().isEmpty() ? null : UUID.fromString(request.getQuizId()),
                request.getUnclaimedOnly() ? CallScope.current().requireUser() : null,
                after,
                size + 1);
        var rows = grading.listPending(query);
        var page = Page.of(rows, size, tokens, request, GradingGrpcService::key, request.getWithItemTokens());
        return ListPendingResponsesResponse.newBuilder()
                .addAllResponses(
                        page.items().stream().map(GradingMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    private static List<String> key(Pending pending) {
        var row = pending.row();
        return List.of(row.submittedAt().toString(), row.response().id().toString());
    }

    @Override
    protected ClaimResponseResponse claimResponse(ClaimResponseRequest request) {
        var grader = CallScope.current().requireUser();
        var until = grading.claim(UUID.fromString(request.getResponseId()), grader);
        return ClaimResponseResponse.newBuilder()
                .setClaimedUntil(Times.timestamp(until))
                .build();
    }

    @Override
    protected ReleaseResponseResponse releaseResponse(ReleaseResponseRequest request) {
        var grader = CallScope.current().requireUser();
        grading.release(UUID.fromString(request.getResponseId()), grader);
        return ReleaseResponseResponse.getDefaultInstance();
    }

    @Override
    protected GradeResponseResponse gradeResponse(GradeResponseRequest request) {
        var grader = CallScope.current().requireUser();
        var points = GradingMapper.points(request.getPoints());
        var attempt = grading.grade(UUID.fromString(request.getResponseId()), points, request.getFeedback(), grader);
        return GradeResponseResponse.newBuilder()
                .setAttempt(AttemptMapper.toProto(attempt))
                .build();
    }

    @Override
    protected SetAttemptFeedbackResponse setAttemptFeedback(SetAttemptFeedbackRequest request) {
        var attempt = grading.comment(UUID.fromString(request.getAttemptId()), request.getFeedback());
        return SetAttemptFeedbackResponse.newBuilder()
                .setAttempt(AttemptMapper.toProto(attempt))
                .build();
    }

    @Override
    protected RegradeQuizResponse regradeQuiz(RegradeQuizRequest request) {
        var owner = CallScope.current().requireUser();
        var quizId = UUID.fromString(request.getQuizId());
        grading.requireTeacher(quizId);
        return idempotency.run(request, RegradeQuizResponse.parser(), () -> {
            var operation = operations.start(Regrading.KIND, owner, request);
            audit.recordAction("quiz", quizId);
            return RegradeQuizResponse.newBuilder().setOperation(operation).build();
        });
    }

    @Override
    protected ListScoreChangesResponse listScoreChanges(ListScoreChangesRequest request) {
        var attemptId = UUID.fromString(request.getAttemptId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var rows = grading.listScoreChanges(attemptId, before, size + 1);
        var page = Page.of(
                rows, size, tokens, request, change -> List.of(change.id().toString()), request.getWithItemTokens());
        return ListScoreChangesResponse.newBuilder()
                .addAllChanges(page.items().stream().map(GradingMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected GetOperationResponse getOperation(GetOperationRequest request) {
        var operation = operations.get(UUID.fromString(request.getOperationId()));
        return GetOperationResponse.newBuilder().setOperation(operation).build();
    }

    @Override
    protected ServerStream<WatchOperationResponse> watchOperation(WatchOperationRequest request) {
        return operationStreams.watch(
                UUID.fromString(request.getOperationId()),
                operation -> WatchOperationResponse.newBuilder()
                        .setOperation(operation)
                        .build());
    }

    @Override
    protected CancelOperationResponse cancelOperation(CancelOperationRequest request) {
        var operation = operations.cancel(UUID.fromString(request.getOperationId()));
        return CancelOperationResponse.newBuilder().setOperation(operation).build();
    }
}
