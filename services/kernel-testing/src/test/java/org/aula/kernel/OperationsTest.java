package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CancelOperationRequest;
import org.aula.api.courses.v1.CancelOperationResponse;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.GetOperationRequest;
import org.aula.api.courses.v1.GetOperationResponse;
import org.aula.api.courses.v1.ImportCourseRequest;
import org.aula.api.courses.v1.WatchOperationRequest;
import org.aula.api.courses.v1.WatchOperationResponse;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationIssue;
import org.aula.api.operations.v1.OperationState;
import org.aula.kernel.error.Errors;
import org.aula.kernel.operation.OperationRun;
import org.aula.kernel.operation.OperationStreams;
import org.aula.kernel.operation.OperationWorker;
import org.aula.kernel.operation.Operations;
import org.aula.kernel.server.Replies;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Listening;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Long work: progress, issues, cancelling, failing, and a process that dies in the middle.
final class OperationsTest {

    private static final Map<UUID, String> made = new ConcurrentHashMap<>();

    private static final class Counting implements OperationWorker {
        @Override
        public String kind() {
            return "test.count";
        }

        @Override
        public void run(OperationRun run) throws Exception {
            var input = ImportCourseRequest.parseFrom(run.input());
            var resource = UUID.randomUUID();
            run.registerResource(resource);
            made.put(resource, input.getAssetId());
            run.issue("a.xml", "problem", "not supported");
            switch (input.getAssetId()) {
                case "endless" -> {
                    while (true) {
                        run.progress(1, 10);
                        Thread.sleep(20);
                    }
                }
                case "refused" ->
                    throw Errors.invalid(
                            org.aula.api.courses.v1.ErrorReason.ERROR_REASON_ARCHIVE_UNSAFE, "asset_id", "unsafe");
                default -> run.progress(10, 10);
            }
        }

        @Override
        public void undo(OperationRun run) {
            made.remove(java.util.Objects.requireNonNull(run.resourceId()));
        }
    }

    private static final class Courses extends CourseServiceGrpc.CourseServiceImplBase {
        @Override
        public void getOperation(GetOperationRequest request, StreamObserver<GetOperationResponse> observer) {
            Replies.send(
                    observer,
                    GetOperationResponse.newBuilder()
                            .setOperation(operations().get(UUID.fromString(request.getOperationId())))
                            .build());
        }

        @Override
        public void watchOperation(WatchOperationRequest request, StreamObserver<WatchOperationResponse> observer) {
            platform.bean("courses", OperationStreams.class)
                    .watch(
                            UUID.fromString(request.getOperationId()),
                            operation -> WatchOperationResponse.newBuilder()
                                    .setOperation(operation)
                                    .build())
                    .open(observer, WatchOperationResponse.getDefaultInstance());
        }

        @Override
        public void cancelOperation(CancelOperationRequest request, StreamObserver<CancelOperationResponse> observer) {
            Replies.send(
                    observer,
                    CancelOperationResponse.newBuilder()
                            .setOperation(operations().cancel(UUID.fromString(request.getOperationId())))
                            .build());
        }
    }

    @RegisterExtension
    static final TestPlatform platform =
            TestPlatform.with("courses").bean(new Courses()).bean(new Counting());

    private final TestUser user = platform.user();

    @Test
    void goesToItsEndAndKeepsItsIssues() throws Exception {
        var id = start("plain");
        Await.until("the end", () -> get(id).getState() == OperationState.OPERATION_STATE_SUCCEEDED);
        var ended = get(id);
        assertThat(ended.getDone()).isEqualTo(10);
        assertThat(ended.getIssuesList()).hasSize(1);
        assertThat(ended.getIssues(0).getLocation()).isEqualTo("a.xml");
        assertThat(made).containsKey(UUID.fromString(ended.getResourceId()));
    }

    @Test
    void whoWatchesHearsOfProgressAndTheEnd() throws Exception {
        var id = start("endless");
        var stream = watch(user, id);
        Await.until(
                "progress",
                () -> stream.heard().stream()
                        .anyMatch(event -> event.getOperation().getDone() == 1));

        stub(user)
                .cancelOperation(
                        CancelOperationRequest.newBuilder().setOperationId(id).build());

        assertThat(stream.end()).isTrue();
        assertThat(stream.heard().getLast().getOperation().getState())
                .isEqualTo(OperationState.OPERATION_STATE_CANCELLED);
        var late = watch(user, id);
        assertThat(late.end()).isTrue();
        assertThat(late.heard()).hasSize(1);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_OPERATION_NOT_FOUND,
                () -> watch(platform.user(), id).end());
    }

    private static Listening<WatchOperationResponse> watch(TestUser reader, String id) {
        return Listening.to(
                platform.as(reader, "courses"),
                CourseServiceGrpc.getWatchOperationMethod(),
                WatchOperationRequest.newBuilder().setOperationId(id).build());
    }

    @Test
    void issuesThatANewerVersionWroteAreRead() throws Exception {
        var id = start("plain");
        Await.until("the end", () -> get(id).getState() == OperationState.OPERATION_STATE_SUCCEEDED);

        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE courses.operations SET issues = CAST(? AS jsonb) WHERE id = ?",
                        "{\"issues\": [{\"location\": \"a.xml\", \"later\": 1}], \"later\": {}}",
                        UUID.fromString(id)));

        assertThat(get(id).getIssuesList())
                .extracting(OperationIssue::getLocation)
                .containsExactly("a.xml");
    }

    @Test
    void cancellingTakesBackWhatWasMade() throws Exception {
        var id = start("endless");
        Await.until("progress", () -> get(id).getDone() == 1);
        var resource = UUID.fromString(get(id).getResourceId());
        stub(user)
                .cancelOperation(
                        CancelOperationRequest.newBuilder().setOperationId(id).build());
        Await.until("the end", () -> get(id).getState() == OperationState.OPERATION_STATE_CANCELLED);
        assertThat(made).doesNotContainKey(resource);
    }

    @Test
    void aRefusalEndsItWithItsReason() throws Exception {
        var id = start("refused");
        Await.until("the end", () -> get(id).getState() == OperationState.OPERATION_STATE_FAILED);
        assertThat(get(id).getFailure()).isEqualTo("unsafe");
        assertThat(made.values()).doesNotContain("refused");
    }

    @Test
    void othersDoNotSeeIt() throws Exception {
        var id = start("plain");
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_OPERATION_NOT_FOUND,
                () -> stub(platform.user())
                        .getOperation(GetOperationRequest.newBuilder()
                                .setOperationId(id)
                                .build()));
    }

    @Test
    void oneThatAProcessLeftBehindIsTakenBackAndRunAgain() throws Exception {
        var left = UUID.randomUUID();
        made.put(left, "left behind");
        var id = UUID.randomUUID();
        platform.superuser().useHandle(handle -> {
            handle.createUpdate("""
                            INSERT INTO courses.operations (id, kind, owner_id, state, input, resource_id, started_at)
                            VALUES (:id, 'test.count', :owner, 'RUNNING', :input, :left, now())
                            """)
                    .bind("id", id)
                    .bind("owner", user.id())
                    .bind(
                            "input",
                            ImportCourseRequest.newBuilder()
                                    .setAssetId("again")
                                    .build()
                                    .toByteArray())
                    .bind("left", left)
                    .execute();
            handle.createUpdate("""
                            INSERT INTO courses.scheduled_tasks
                                (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
                            VALUES ('operation', :id, now(), true, 'dead', now() - interval '1 hour', 1)
                            """).bind("id", id.toString()).execute();
        });
        Await.until("the end", () -> get(id.toString()).getState() == OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(made).doesNotContainKey(left).containsValue("again");
    }

    private String start(String what) throws Exception {
        return platform.inside(
                "courses",
                () -> platform.bean("courses", org.aula.kernel.postgres.Database.class)
                        .transact(() -> operations()
                                .start(
                                        "test.count",
                                        user.id(),
                                        ImportCourseRequest.newBuilder()
                                                .setAssetId(what)
                                                .build())
                                .getId()));
    }

    private Operation get(String id) {
        return stub(user)
                .getOperation(
                        GetOperationRequest.newBuilder().setOperationId(id).build())
                .getOperation();
    }

    private static Operations operations() {
        return platform.bean("courses", Operations.class);
    }

    private static CourseServiceGrpc.CourseServiceBlockingStub stub(TestUser caller) {
        return CourseServiceGrpc.newBlockingStub(platform.as(caller, "courses"));
    }
}
