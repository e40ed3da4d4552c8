package org.aula.grades.submission;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
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
import org.aula.grades.course.Courses;
import org.aula.grades.submission.SubmissionGrading.Given;
import org.aula.grades.submission.Submissions.Wish;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Change;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;
import org.jspecify.annotations.Nullable;

/// `aula.grades.v1.SubmissionService`.
@Singleton
final class SubmissionGrpcService extends SubmissionServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final Submissions assignment;
    private final SubmissionGrading grading;
    private final SubmissionRepository submissions;
    private final ContentClient content;
    private final Courses courses;
    private final Database database;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;

    SubmissionGrpcService(
            Submissions assignment,
            SubmissionGrading grading,
            SubmissionRepository submissions,
            ContentClient content,
            Courses courses,
            Database database,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens) {
        this.assignment = assignment;
        this.grading = grading;
        this.submissions = submissions;
        this.content = content;
        this.courses = courses;
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
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
                        .setSubmission(SubmissionMapper.toProto(assignment.begin(userId, assignmentId)))
                        .build());
    }

    @Override
    protected CreateSubmissionUploadResponse createSubmissionUpload(CreateSubmissionUploadRequest request) {
        var id = UUID.fromString(request.getSubmissionId());
        var file = SubmissionMapper.announced(request);
        var owner = database.query(() -> assignment.requireTaken(id, file));
        return content.announce(request, owner);
    }

    @Override
    protected UpdateSubmissionResponse updateSubmission(UpdateSubmissionRequest request) {
        var id = UUID.fromString(request.getSubmissionId());
        var owner =
                database.query(() -> assignment.requireOwn(id)).userId();
        var assetIds = request.getAssetIdsList().stream().map(UUID::fromString).toList();
        var wish = new Wish(assetIds, content.own(assetIds, owner), request.getComment(), request.getEtag());
        var submission = database.transact(() -> assignment.fill(id, wish));
        return UpdateSubmissionResponse.newBuilder()
                .setSubmission(SubmissionMapper.toProto(submission))
                .build();
    }

    @Override
    protected SubmitSubmissionResponse submitSubmission(SubmitSubmissionRequest request) {
        var submission =
                database.transact(() -> assignment.submit(UUID.fromString(request.getSubmissionId())));
        return SubmitSubmissionResponse.newBuilder()
                .setSubmission(SubmissionMapper.toProto(submission))
                .build();
    }

    @Override
    protected GetSubmissionResponse getSubmission(GetSubmissionRequest request) {
        var submission = readable(request.getSubmissionId());
        return GetSubmissionResponse.newBuilder()
                .setSubmission(SubmissionMapper.toProto(submission))
                .build();
    }

    @Override
    protected GetSubmissionDownloadsResponse getSubmissionDownloads(GetSubmissionDownloadsRequest request) {
        var assetIds = readable(request.getSubmissionId()).files().stream()
                .map(Submission.File::assetId)
                .toList();
        return GetSubmissionDownloadsResponse.newBuilder()
                .addAllDownloads(content.downloads(assetIds))
                .build();
    }

    /// A submission that the caller may read: a draft is there for its learner alone.
    private Submission readable(String id) {
        return database.query(() -> {
            var submission = submissions.find(UUID.fromString(id)).orElseThrow(Submissions::notFound);
            var forGrader = courses.requireLearnerOrTeacher(
                    submission.userId(), submission.courseId(), Submissions::notFound);
            if (forGrader && submission.isDraft()) {
                throw Submissions.notFound();
            }
            return submission;
        });
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
        var rows = database.query(() -> submissions.list(query));
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
        var rows = database.query(() -> {
            courses.requireTeacher(courseId);
            return submissions.list(query);
        });
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
        var message = changed(() -> grading.grade(id, request.getEtag(), given, grader));
        return GradeSubmissionResponse.newBuilder().setSubmission(message).build();
    }

    @Override
    protected ReturnSubmissionResponse returnSubmission(ReturnSubmissionRequest request) {
        var grader = CallScope.current().requireUser();
        var id = UUID.fromString(request.getSubmissionId());
        var message = changed(() -> grading.giveBack(id, request.getEtag(), request.getFeedback(), grader));
        return ReturnSubmissionResponse.newBuilder().setSubmission(message).build();
    }

    private org.aula.api.grades.v1.Submission changed(
            Supplier<Change<org.aula.grades.submission.Submission>> assignment) {
        return database.transact(() -> {
            var change = assignment.get();
            var after = SubmissionMapper.toProto(change.after());
            audit.record("submission", change.after().id(), SubmissionMapper.toProto(change.before()), after);
            return after;
        });
    }
}
