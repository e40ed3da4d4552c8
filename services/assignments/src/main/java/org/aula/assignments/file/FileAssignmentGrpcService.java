package org.aula.assignments.file;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateFileAssignmentRequest;
import org.aula.api.assignments.v1.CreateFileAssignmentResponse;
import org.aula.api.assignments.v1.DeleteFileAssignmentRequest;
import org.aula.api.assignments.v1.DeleteFileAssignmentResponse;
import org.aula.api.assignments.v1.FileAssignmentServiceHandler;
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
import org.aula.assignments.course.SettingsMapper;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.time.Times;

/// `aula.assignments.v1.FileAssignmentService`.
@Singleton
final class FileAssignmentGrpcService extends FileAssignmentServiceHandler {

    private static final int PAGE_SIZE = 10;
    private static final int MAX_PAGE = 20;

    private final FileAssignmentService assignments;
    private final FileAssignmentReader reader;
    private final Idempotency idempotency;
    private final PageTokens tokens;
    private final Clock clock;

    FileAssignmentGrpcService(
            FileAssignmentService assignments,
            FileAssignmentReader reader,
            Idempotency idempotency,
            PageTokens tokens,
            Clock clock) {
        this.assignments = assignments;
        this.reader = reader;
        this.idempotency = idempotency;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected CreateFileAssignmentResponse createFileAssignment(CreateFileAssignmentRequest request) {
        var assignment = FileAssignmentMapper.create(request, Times.now(clock));
        assignments.requireAuthor(assignment.courseId());
        return idempotency.run(
                request,
                CreateFileAssignmentResponse.parser(),
                () -> CreateFileAssignmentResponse.newBuilder()
                        .setFileAssignment(FileAssignmentMapper.toProto(assignments.create(assignment)))
                        .build());
    }

    @Override
    protected GetFileAssignmentResponse getFileAssignment(GetFileAssignmentRequest request) {
        var assignment = reader.find(UUID.fromString(request.getFileAssignmentId()));
        return GetFileAssignmentResponse.newBuilder()
                .setFileAssignment(FileAssignmentMapper.toProto(assignment))
                .build();
    }

    @Override
    protected ListFileAssignmentsResponse listFileAssignments(ListFileAssignmentsRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = reader.list(UUID.fromString(request.getCourseId()), after.orElse(null), size + 1);
        var page =
                Page.of(rows, size, tokens, request, row -> List.of(row.id().toString()), request.getWithItemTokens());
        return ListFileAssignmentsResponse.newBuilder()
                .addAllFileAssignments(
                        page.items().stream().map(FileAssignmentMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected UpdateFileAssignmentResponse updateFileAssignment(UpdateFileAssignmentRequest request) {
        var assignment = assignments.update(
                UUID.fromString(request.getFileAssignmentId()),
                request.getEtag(),
                before -> FileAssignmentMapper.update(before, request, Times.now(clock)));
        return UpdateFileAssignmentResponse.newBuilder()
                .setFileAssignment(FileAssignmentMapper.toProto(assignment))
                .build();
    }

    @Override
    protected DeleteFileAssignmentResponse deleteFileAssignment(DeleteFileAssignmentRequest request) {
        assignments.delete(UUID.fromString(request.getFileAssignmentId()), request.getEtag());
        return DeleteFileAssignmentResponse.getDefaultInstance();
    }

    @Override
    protected PublishFileAssignmentResponse publishFileAssignment(PublishFileAssignmentRequest request) {
        var assignment = assignments.publish(UUID.fromString(request.getFileAssignmentId()), request.getEtag());
        return PublishFileAssignmentResponse.newBuilder()
                .setFileAssignment(FileAssignmentMapper.toProto(assignment))
                .build();
    }

    @Override
    protected WithdrawFileAssignmentResponse withdrawFileAssignment(WithdrawFileAssignmentRequest request) {
        var assignment = assignments.withdraw(UUID.fromString(request.getFileAssignmentId()), request.getEtag());
        return WithdrawFileAssignmentResponse.newBuilder()
                .setFileAssignment(FileAssignmentMapper.toProto(assignment))
                .build();
    }

    @Override
    protected GetFileAssignmentVersionResponse getFileAssignmentVersion(GetFileAssignmentVersionRequest request) {
        var document = reader.version(UUID.fromString(request.getFileAssignmentId()), request.getVersion());
        return GetFileAssignmentVersionResponse.newBuilder()
                .setVersion(FileVersionMapper.version(document))
                .build();
    }

    @Override
    protected GetLearnerFileAssignmentResponse getLearnerFileAssignment(GetLearnerFileAssignmentRequest request) {
        var assignment = reader.offered(UUID.fromString(request.getFileAssignmentId()));
        return GetLearnerFileAssignmentResponse.newBuilder()
                .setFileAssignment(FileVersionMapper.learners(assignment))
                .build();
    }

    @Override
    protected ListLearnerFileAssignmentsResponse listLearnerFileAssignments(ListLearnerFileAssignmentsRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after = tokens.open(request, request.getPageToken()).map(key -> UUID.fromString(key.getFirst()));
        var rows = reader.listOffered(
                UUID.fromString(request.getCourseId()),
                SettingsMapper.id(request.getLessonId()),
                after.orElse(null),
                size + 1);
        var offered = rows.stream().map(FileVersionMapper::learners).toList();
        var page = Page.of(offered, size, tokens, request, row -> List.of(row.getId()), request.getWithItemTokens());
        return ListLearnerFileAssignmentsResponse.newBuilder()
                .addAllFileAssignments(page.items())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }
}
