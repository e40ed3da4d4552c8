package org.aula.grades.submission;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.grades.v1.CompleteSubmissionUploadRequest;
import org.aula.api.grades.v1.CompleteSubmissionUploadResponse;
import org.aula.api.grades.v1.CreateSubmissionRequest;
import org.aula.api.grades.v1.CreateSubmissionResponse;
import org.aula.api.grades.v1.CreateSubmissionUploadRequest;
import org.aula.api.grades.v1.CreateSubmissionUploadResponse;
import org.aula.api.grades.v1.GetSubmissionDownloadsRequest;
import org.aula.api.grades.v1.GetSubmissionDownloadsResponse;
import org.aula.api.grades.v1.GetSubmissionRequest;
import org.aula.api.grades.v1.GetSubmissionResponse;
import org.aula.api.grades.v1.GradeSubmissionRequest;
import org.aula.api.grades.v1.GradeSubmissionResponse;
import org.aula.api.grades.v1.ListMySubmissionsRequest;
import org.aula.api.grades.v1.ListMySubmissionsResponse;
import org.aula.api.grades.v1.ListSubmissionsRequest;
import org.aula.api.grades.v1.ListSubmissionsResponse;
import org.aula.api.grades.v1.ReturnSubmissionRequest;
import org.aula.api.grades.v1.ReturnSubmissionResponse;
import org.aula.api.grades.v1.SubmissionServiceHandler;
import org.aula.api.grades.v1.SubmitSubmissionRequest;
import org.aula.api.grades.v1.SubmitSubmissionResponse;
import org.aula.api.grades.v1.UpdateSubmissionRequest;
import org.aula.api.grades.v1.UpdateSubmissionResponse;
import org.aula.grades.submission.SubmissionGradingService.Given;
import org.aula.grades.submission.SubmissionService.Wish;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.jspecify.annotations.Nullable;

/// `aula.grades.v1.SubmissionService`.
@Singleton
final class SubmissionGrpcService extends SubmissionServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final SubmissionService submissions;
    private final UploadService uploads;
    private final SubmissionGradingService grading;
    private final ContentClient content;
    private final Idempotency idempotency;
    private final PageTokens tokens;

    SubmissionGrpcService(
            SubmissionService submissions,
            UploadService uploads,
            SubmissionGradingService grading,
            ContentClient content,
            Idempotency idempotency,
            PageTokens tokens) {
        this.submissions = submissions;
        this.uploads = uploads;
        this.grading = grading;
        this.content = content;
        this.idempotency = idempotency;
        this.tokens = tokens;
    }

    @Override
    protected CreateSubmissionResponse createSubmission(CreateSubmissionRequest request) {
        var userId = CallScope.current().requireUser();
        var assignmentId = UUID.fromString(request.getFileAssignmentId());
        return idempotency.run(
                request,
                CreateSubmissionResponse.parser(),
                () -> CreateSubmissionResponse.newBuilder()
                        .setSubmission(SubmissionMapper.toProto(submissions.begin(userId, assignmentId)))
                        .build());
    }

    @Override
    protected CreateSubmissionUploadResponse createSubmissionUpload(CreateSubmissionUploadRequest request) {
        var id = UUID.fromString(request.getSubmissionId());
        var reservation = uploads.reserve(id, request.getRequestId(), SubmissionMapper.announced(request));
        var announced = content.announce(request, reservation);
        uploads.fill(reservation, UUID.fromString(announced.getAssetId()));
        return announced;
    }

    @Override
    protected CompleteSubmissionUploadResponse completeSubmissionUpload(CompleteSubmissionUploadRequest request) {
        var assetId = UUID.fromString(request.getAssetId());
        uploads.requireOwn(UUID.fromString(request.getSubmissionId()), assetId);
        return CompleteSubmissionUploadResponse.newBuilder()
                .setFile(SubmissionMapper.file(content.complete(assetId)))
                .build();
    }

    @Override
    protected UpdateSubmissionResponse updateSubmission(UpdateSubmissionRequest request) {
        var id = UUID.fromString(request.getSubmissionId());
        submissions.requireOwn(id);
        var assetIds = request.getAssetIdsList().stream().map(UUID::fromString).toList();
        var wish = new Wish(assetIds, content.files(assetIds), request.getComment(), request.getEtag());
        var submission = submissions.fill(id, wish);
        return UpdateSubmissionResponse.newBuilder()
                .setSubmission(SubmissionMapper.toProto(submission))
                .build();
    }

    @Override
    protected SubmitSubmissionResponse submitSubmission(SubmitSubmissionRequest request) {
        var submission = submissions.submit(UUID.fromString(request.getSubmissionId()));
        return SubmitSubmissionResponse.newBuilder()
                .setSubmission(SubmissionMapper.toProto(submission))
                .build();
    }

    @Override
    protected GetSubmissionResponse getSubmission(GetSubmissionRequest request) {
        var submission = submissions.get(UUID.fromString(request.getSubmissionId()));
        return GetSubmissionResponse.newBuilder()
                .setSubmission(SubmissionMapper.toProto(submission))
                .build();
    }

    @Override
    protected GetSubmissionDownloadsResponse getSubmissionDownloads(GetSubmissionDownloadsRequest request) {
        var assetIds = submissions.get(UUID.fromString(request.getSubmissionId())).files().stream()
                .map(Submission.File::assetId)
                .toList();
        return GetSubmissionDownloadsResponse.newBuilder()
                .addAllDownloads(content.downloads(assetIds))
                .build();
    }

    @Override
    protected ListMySubmissionsResponse listMySubmissions(ListMySubmissionsRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new SubmissionQuery(
                CallScope.current().requireUser(),
                null,
                idOrNull(request.getFileAssignmentId()),
                null,
                from(request, request.getPageToken()),
                size + 1);
        var rows = submissions.listOwn(query);
        var page = page(rows, size, request, request.getWithItemTokens());
        return ListMySubmissionsResponse.newBuilder()
                .addAllSubmissions(
                        page.items().stream().map(SubmissionMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected ListSubmissionsResponse listSubmissions(ListSubmissionsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new SubmissionQuery(
                null,
                courseId,
                idOrNull(request.getFileAssignmentId()),
                SubmissionMapper.filter(request.getStatus()),
                from(request, request.getPageToken()),
                size + 1);
        var rows = submissions.listOfCourse(courseId, query);
        var page = page(rows, size, request, request.getWithItemTokens());
        return ListSubmissionsResponse.newBuilder()
                .addAllSubmissions(
                        page.items().stream().map(SubmissionMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    private Page<Submission> page(List<Submission> rows, int size, Message request, boolean withItemTokens) {
        return Page.of(
                rows,
                size,
                tokens,
                request,
                submission -> List.of(submission.id().toString()),
                withItemTokens);
    }

    private @Nullable UUID from(Message request, String pageToken) {
        return tokens.open(request, pageToken)
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
    }

    private static @Nullable UUID idOrNull(String id) {
        return id.isEmpty() ? null : UUID.fromString(id);
    }

    @Override
    protected GradeSubmissionResponse gradeSubmission(GradeSubmissionRequest request) {
        var grader = CallScope.current().requireUser();
        var id = UUID.fromString(request.getSubmissionId());
        var given = new Given(
                SubmissionMapper.points(request.getPoints()),
                SubmissionMapper.levels(request.getLevelsList()),
                request.getFeedback());
        var submission = grading.grade(id, request.getEtag(), given, grader);
        return GradeSubmissionResponse.newBuilder()
                .setSubmission(SubmissionMapper.toProto(submission))
                .build();
    }

    @Override
    protected ReturnSubmissionResponse returnSubmission(ReturnSubmissionRequest request) {
        var grader = CallScope.current().requireUser();
        var id = UUID.fromString(request.getSubmissionId());
        var submission = grading.giveBack(id, request.getEtag(), request.getFeedback(), grader);
        return ReturnSubmissionResponse.newBuilder()
                .setSubmission(SubmissionMapper.toProto(submission))
                .build();
    }
}
