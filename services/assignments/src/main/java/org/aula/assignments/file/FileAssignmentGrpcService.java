package org.aula.assignments.file;

import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateFileAssignmentRequest;
import org.aula.api.assignments.v1.CreateFileAssignmentResponse;
import org.aula.api.assignments.v1.DeleteFileAssignmentRequest;
import org.aula.api.assignments.v1.DeleteFileAssignmentResponse;
import org.aula.api.assignments.v1.FileAssignmentServiceGrpc;
import org.aula.api.assignments.v1.GetFileAssignmentRequest;
import org.aula.api.assignments.v1.GetFileAssignmentResponse;
import org.aula.api.assignments.v1.GetFileAssignmentVersionRequest;
import org.aula.api.assignments.v1.GetFileAssignmentVersionResponse;
import org.aula.api.assignments.v1.GetLearnerFileAssignmentRequest;
import org.aula.api.assignments.v1.GetLearnerFileAssignmentResponse;
import org.aula.api.assignments.v1.ListFileAssignmentsRequest;
import org.aula.api.assignments.v1.ListFileAssignmentsResponse;
import org.aula.api.assignments.v1.ListLearnerFileAssignmentsRequest;
import org.aula.api.assignments.v1.ListLearnerFileAssignmentsResponse;
import org.aula.api.assignments.v1.PublishFileAssignmentRequest;
import org.aula.api.assignments.v1.PublishFileAssignmentResponse;
import org.aula.api.assignments.v1.UpdateFileAssignmentRequest;
import org.aula.api.assignments.v1.UpdateFileAssignmentResponse;
import org.aula.api.assignments.v1.WithdrawFileAssignmentRequest;
import org.aula.api.assignments.v1.WithdrawFileAssignmentResponse;
import org.aula.assignments.course.CourseAccess;
import org.aula.assignments.course.SettingsMapper;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;

/// `aula.assignments.v1.FileAssignmentService`.
@Singleton
final class FileAssignmentGrpcService extends FileAssignmentServiceGrpc.FileAssignmentServiceImplBase {

    private static final int PAGE_SIZE = 10;
    private static final int MAX_PAGE = 20;
    private static final String RESOURCE = "file_assignment";

    private final FileAssignmentChange changes;
    private final FileAssignmentReader reader;
    private final CourseAccess courses;
    private final Transactions transactions;
    private final Idempotency idempotency;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    FileAssignmentGrpcService(
            FileAssignmentChange changes,
            FileAssignmentReader reader,
            CourseAccess courses,
            Transactions transactions,
            Idempotency idempotency,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.changes = changes;
        this.reader = reader;
        this.courses = courses;
        this.transactions = transactions;
        this.idempotency = idempotency;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void createFileAssignment(
            CreateFileAssignmentRequest request, StreamObserver<CreateFileAssignmentResponse> observer) {
        var assignment = FileAssignmentMapper.create(request, Times.now(clock));
        transactions.read(handle -> {
            courses.requireAuthor(handle, assignment.courseId());
            return true;
        });
        var response = idempotency.run(request, CreateFileAssignmentResponse.parser(), handle -> {
            changes.insert(handle, assignment);
            var message = FileAssignmentMapper.toProto(assignment);
            audit.record(handle, RESOURCE, assignment.id(), null, message);
            return CreateFileAssignmentResponse.newBuilder()
                    .setFileAssignment(message)
                    .build();
        });
        Replies.send(observer, response);
    }

    @Override
    public void getFileAssignment(
            GetFileAssignmentRequest request, StreamObserver<GetFileAssignmentResponse> observer) {
        var assignment = reader.find(UUID.fromString(request.getFileAssignmentId()));
        Replies.send(
                observer,
                GetFileAssignmentResponse.newBuilder()
                        .setFileAssignment(FileAssignmentMapper.toProto(assignment))
                        .build());
    }

    @Override
    public void listFileAssignments(
            ListFileAssignmentsRequest request, StreamObserver<ListFileAssignmentsResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = reader.list(UUID.fromString(request.getCourseId()), after.orElse(null), size + 1);
        var page =
                Page.of(rows, size, tokens, request, row -> List.of(row.id().toString()), request.getWithItemTokens());
        Replies.send(
                observer,
                ListFileAssignmentsResponse.newBuilder()
                        .addAllFileAssignments(page.items().stream()
                                .map(FileAssignmentMapper::toProto)
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    @Override
    public void updateFileAssignment(
            UpdateFileAssignmentRequest request, StreamObserver<UpdateFileAssignmentResponse> observer) {
        var assignment = change(
                request.getFileAssignmentId(),
                (handle, id) -> changes.edit(
                        handle,
                        id,
                        request.getEtag(),
                        before -> FileAssignmentMapper.update(before, request, Times.now(clock))));
        Replies.send(
                observer,
                UpdateFileAssignmentResponse.newBuilder()
                        .setFileAssignment(assignment)
                        .build());
    }

    @Override
    public void deleteFileAssignment(
            DeleteFileAssignmentRequest request, StreamObserver<DeleteFileAssignmentResponse> observer) {
        transactions.writeVoid(handle -> {
            var assignment = changes.delete(handle, UUID.fromString(request.getFileAssignmentId()), request.getEtag());
            audit.record(handle, RESOURCE, assignment.id(), FileAssignmentMapper.toProto(assignment), null);
        });
        Replies.send(observer, DeleteFileAssignmentResponse.getDefaultInstance());
    }

    @Override
    public void publishFileAssignment(
            PublishFileAssignmentRequest request, StreamObserver<PublishFileAssignmentResponse> observer) {
        var assignment =
                change(request.getFileAssignmentId(), (handle, id) -> changes.publish(handle, id, request.getEtag()));
        Replies.send(
                observer,
                PublishFileAssignmentResponse.newBuilder()
                        .setFileAssignment(assignment)
                        .build());
    }

    @Override
    public void withdrawFileAssignment(
            WithdrawFileAssignmentRequest request, StreamObserver<WithdrawFileAssignmentResponse> observer) {
        var assignment =
                change(request.getFileAssignmentId(), (handle, id) -> changes.withdraw(handle, id, request.getEtag()));
        Replies.send(
                observer,
                WithdrawFileAssignmentResponse.newBuilder()
                        .setFileAssignment(assignment)
                        .build());
    }

    @Override
    public void getFileAssignmentVersion(
            GetFileAssignmentVersionRequest request, StreamObserver<GetFileAssignmentVersionResponse> observer) {
        var document = reader.version(UUID.fromString(request.getFileAssignmentId()), request.getVersion());
        Replies.send(
                observer,
                GetFileAssignmentVersionResponse.newBuilder()
                        .setVersion(FileVersionMapper.version(document))
                        .build());
    }

    @Override
    public void getLearnerFileAssignment(
            GetLearnerFileAssignmentRequest request, StreamObserver<GetLearnerFileAssignmentResponse> observer) {
        var document = reader.offered(UUID.fromString(request.getFileAssignmentId()));
        Replies.send(
                observer,
                GetLearnerFileAssignmentResponse.newBuilder()
                        .setFileAssignment(FileVersionMapper.learners(document))
                        .build());
    }

    @Override
    public void listLearnerFileAssignments(
            ListLearnerFileAssignmentsRequest request, StreamObserver<ListLearnerFileAssignmentsResponse> observer) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = reader.listOffered(
                UUID.fromString(request.getCourseId()),
                SettingsMapper.id(request.getLessonId()),
                after.orElse(null),
                size + 1);
        var page =
                Page.of(rows, size, tokens, request, row -> List.of(row.id().toString()), request.getWithItemTokens());
        Replies.send(
                observer,
                ListLearnerFileAssignmentsResponse.newBuilder()
                        .addAllFileAssignments(page.items().stream()
                                .map(row -> FileVersionMapper.learners(row.document()))
                                .toList())
                        .setNextPageToken(page.nextPageToken())
                        .addAllItemTokens(page.itemTokens())
                        .build());
    }

    /// Changes an assignment and writes the entry.
    private org.aula.api.assignments.v1.FileAssignment change(String id, FileAssignmentChange.Rule rule) {
        return transactions.write(handle -> {
            var change = rule.apply(handle, UUID.fromString(id));
            var after = FileAssignmentMapper.toProto(change.after());
            if (change.isNothing()) {
                audit.nothing();
            } else {
                audit.record(handle, RESOURCE, id, FileAssignmentMapper.toProto(change.before()), after);
            }
            return after;
        });
    }
}
