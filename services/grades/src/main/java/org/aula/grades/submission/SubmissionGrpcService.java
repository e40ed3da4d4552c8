package org.aula.grades.submission;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
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
import org.aula.api.grades.v1.SubmissionServiceGrpc;
import org.aula.api.grades.v1.SubmitSubmissionRequest;
import org.aula.api.grades.v1.SubmitSubmissionResponse;
import org.aula.api.grades.v1.UpdateSubmissionRequest;
import org.aula.api.grades.v1.UpdateSubmissionResponse;
import org.aula.grades.course.Courses;
import org.aula.grades.submission.SubmissionGrading.Change;
import org.aula.grades.submission.SubmissionGrading.Given;
import org.aula.grades.submission.Submissions.Wish;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `aula.grades.v1.SubmissionService`.
@Singleton
final class SubmissionGrpcService extends SubmissionServiceGrpc.SubmissionServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final Submissions assignment;
    private final SubmissionGrading grading;
    private final SubmissionRepository submissions;
    private final ContentClient content;
    private final Courses courses;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;

    SubmissionGrpcService(
            Submissions assignment,
            SubmissionGrading grading,
            SubmissionRepository submissions,
            ContentClient content,
            Courses courses,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens) {
        this.assignment = assignment;
        this.grading = grading;
        this.submissions = submissions;
        this.content = content;
        this.courses = courses;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
    }

    @Override
    public void createSubmission(CreateSubmissionRequest request, StreamObserver<CreateSubmissionResponse> observer) {
        var userId = CallScope.current().requireUser();
        var assignmentId = UUID.fromString(request.getFileAssignmentId());
        var answer = idempotency.run(
                request,
                CreateSubmissionResponse.parser(),
                handle -> CreateSubmissionResponse.newBuilder()
                        .setSubmission(SubmissionMapper.toProto(assignment.begin(handle, userId, assignmentId)))
                        .build());
        Replies.send(observer, answer);
    }

    @Override
    public void createSubmissionUpload(
            CreateSubmissionUploadRequest request, StreamObserver<CreateSubmissionUploadResponse> observer) {
        var id = UUID.fromString(request.getSubmissionId());
        var file = SubmissionMapper.announced(request);
        var owner = transactions.read(handle -> assignment.requireTaken(handle, id, file));
        Replies.send(observer, content.announce(request, owner));
    }

    @Override
    public void updateSubmission(UpdateSubmissionRequest request, StreamObserver<UpdateSubmissionResponse> observer) {
        var id = UUID.fromString(request.getSubmissionId());
        var owner =
                transactions.read(handle -> assignment.requireOwn(handle, id)).userId();
        var assetIds = request.getAssetIdsList().stream().map(UUID::fromString).toList();
        var wish = new Wish(assetIds, content.own(assetIds, owner), request.getComment(), request.getEtag());
        var submission = transactions.write(handle -> assignment.fill(handle, id, wish));
        Replies.send(
                observer,
                UpdateSubmissionResponse.newBuilder()
                        .setSubmission(SubmissionMapper.toProto(submission))
                        .build());
    }

    @Override
    public void submitSubmission(SubmitSubmissionRequest request, StreamObserver<SubmitSubmissionResponse> observer) {
        var submission =
                transactions.write(handle -> assignment.submit(handle, UUID.fromString(request.getSubmissionId())));
        Replies.send(
                observer,
                SubmitSubmissionResponse.newBuilder()
                        .setSubmission(SubmissionMapper.toProto(submission))
                        .build());
    }

    @Override
    public void getSubmission(GetSubmissionRequest request, StreamObserver<GetSubmissionResponse> observer) {
        var submission = readable(request.getSubmissionId());
        Replies.send(
                observer,
                GetSubmissionResponse.newBuilder()
                        .setSubmission(SubmissionMapper.toProto(submission))
                        .build());
    }

    @Override
    public void getSubmissionDownloads(
            GetSubmissionDownloadsRequest request, StreamObserver<GetSubmissionDownloadsResponse> observer) {
        var assetIds = readable(request.getSubmissionId()).files().stream()
                .map(Submission.File::assetId)
                .toList();
        Replies.send(
                observer,
                GetSubmissionDownloadsResponse.newBuilder()
                        .addAllDownloads(content.downloads(assetIds))
                        .build());
    }

    /// A submission that the caller may read: a draft is there for its learner alone.
    private Submission readable(String id) {
        return transactions.read(handle -> {
            var submission = submissions.find(handle, UUID.fromString(id)).orElseThrow(Submissions::notFound);
            var forGrader = courses.requireLearnerOrTeacher(
                    handle, submission.userId(), submission.courseId(), Submissions::notFound);
            if (forGrader && submission.isDraft()) {
                throw Submissions.notFound();
            }
            return submission;
        });
    }

    @Override
    public void listMySubmissions(
            ListMySubmissionsRequest request, StreamObserver<ListMySubmissionsResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new SubmissionQuery(
                CallScope.current().requireUser(),
                null,
                idOrNull(request.getFileAssignmentId()),
                null,
                from(request, request.getPageToken()),
                size + 1);
        var rows = transactions.read(handle -> submissions.list(handle, query));
        var page = page(rows, size, request, request.getWithItemTokens());
        Replies.send(
                observer,
                ListMySubmissionsResponse.newBuilder()
                        .addAllSubmissions(page.items().stream()
                                .map(SubmissionMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void listSubmissions(ListSubmissionsRequest request, StreamObserver<ListSubmissionsResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var query = new SubmissionQuery(
                null,
                courseId,
                idOrNull(request.getFileAssignmentId()),
                SubmissionMapper.filter(request.getStatus()),
                from(request, request.getPageToken()),
                size + 1);
        var rows = transactions.read(handle -> {
            courses.requireTeacher(handle, courseId);
            return submissions.list(handle, query);
        });
        var page = page(rows, size, request, request.getWithItemTokens());
        Replies.send(
                observer,
                ListSubmissionsResponse.newBuilder()
                        .addAllSubmissions(page.items().stream()
                                .map(SubmissionMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
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
    public void gradeSubmission(GradeSubmissionRequest request, StreamObserver<GradeSubmissionResponse> observer) {
        var grader = CallScope.current().requireUser();
        var id = UUID.fromString(request.getSubmissionId());
        var given = new Given(
                SubmissionMapper.points(request.getPoints()),
                SubmissionMapper.levels(request.getLevelsList()),
                request.getFeedback());
        var message = changed(handle -> grading.grade(handle, id, request.getEtag(), given, grader));
        Replies.send(
                observer,
                GradeSubmissionResponse.newBuilder().setSubmission(message).build());
    }

    @Override
    public void returnSubmission(ReturnSubmissionRequest request, StreamObserver<ReturnSubmissionResponse> observer) {
        var grader = CallScope.current().requireUser();
        var id = UUID.fromString(request.getSubmissionId());
        var message = changed(handle -> grading.giveBack(handle, id, request.getEtag(), request.getFeedback(), grader));
        Replies.send(
                observer,
                ReturnSubmissionResponse.newBuilder().setSubmission(message).build());
    }

    private org.aula.api.grades.v1.Submission changed(Function<Handle, Change> assignment) {
        return transactions.write(handle -> {
            var change = assignment.apply(handle);
            var after = SubmissionMapper.toProto(change.after());
            audit.record(handle, "submission", change.after().id(), SubmissionMapper.toProto(change.before()), after);
            return after;
        });
    }
}
