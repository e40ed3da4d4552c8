package org.aula.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.ByteString;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.enrollments.v1.AddEnrollmentListPartRequest;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.BulkEnrollmentServiceGrpc.BulkEnrollmentServiceBlockingStub;
import org.aula.api.enrollments.v1.CreateEnrollmentListRequest;
import org.aula.api.enrollments.v1.GetOperationRequest;
import org.aula.api.enrollments.v1.RunEnrollmentListRequest;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationState;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestEngines;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A list of enrollments whose service is killed while it works through it.
@SuppressWarnings("NullAway.Init")
final class BulkCrashTest {

    private static final int LINES = 20_000;
    private static final int PART = 900_000;

    private static Child enrollments;
    private static BulkEnrollmentServiceBlockingStub lists;

    @BeforeAll
    static void start() throws Exception {
        enrollments = Processes.enrollments();
        var token = administrator();
        var headers = new Metadata();
        headers.put(CallHeaders.AUTHORIZATION, "Bearer " + token);
        lists = BulkEnrollmentServiceGrpc.newBlockingStub(ClientInterceptors.intercept(
                enrollments.channel(), MetadataUtils.newAttachHeadersInterceptor(headers)));
    }

    private static String administrator() throws Exception {
        var auth = Processes.auth().channel();
        Processes.users();
        var visitor = Visitor.another();
        var id = visitor.registerPatiently(auth).getRegistrationId();
        TestEngines.superuser()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO auth.account_roles (account_id, role) VALUES (?, 'admin')", UUID.fromString(id)));
        return AuthServiceGrpc.newBlockingStub(auth)
                .withDeadlineAfter(15, TimeUnit.SECONDS)
                .login(LoginRequest.newBuilder()
                        .setIdentifier(visitor.email())
                        .setPassword(Visitor.PASSWORD)
                        .build())
                .getTokens()
                .getAccessToken();
    }

    @Test
    void goesOnWhereItWasAndEnrolsEverybodyOnce() throws Exception {
        var courseId = aCourse();
        var begun = begin(courseId, csv(learners()));

        Await.until("some are enrolled", () -> get(begun).getDone() > 0);
        enrollments.kill();
        var before = enrolled(courseId);
        assertThat(before).as("enrolled when it was killed").isBetween(1L, LINES - 1L);
        enrollments.start();
        Await.until("the run counts as dead", () -> isAbandoned(begun));
        Await.until("it goes on", () -> enrolled(courseId) > before);
        Await.until("it ends", () -> get(begun).hasEndTime());

        var ended = get(begun);
        assertThat(ended.getState()).as(ended.getFailure()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
        assertThat(ended.getDone()).isEqualTo(LINES);
        assertThat(ended.getTotal()).isEqualTo(LINES);
        assertThat(ended.getIssuesList()).isEmpty();
        assertThat(enrolled(courseId)).isEqualTo(LINES);
        assertThat(count("SELECT count(DISTINCT user_id) FROM enrollments.enrollments WHERE course_id = ?", courseId))
                .as("learners")
                .isEqualTo(LINES);
        assertThat(count("SELECT taken FROM enrollments.course_seats WHERE course_id = ?", courseId))
                .as("seats")
                .isEqualTo(LINES);
        assertThat(count("""
                        SELECT count(*) FROM enrollments.outbox o JOIN enrollments.enrollments e ON e.id::text = o.key
                        WHERE o.type = 'aula.enrollments.v1.UserEnrolled' AND e.course_id = ?
                        """, courseId)).as("UserEnrolled").isEqualTo(LINES);
    }

    private static Operation begin(UUID courseId, ByteString csv) {
        var list = lists.createEnrollmentList(CreateEnrollmentListRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setCourseId(courseId.toString())
                        .build())
                .getList();
        for (int part = 0; part * PART < csv.size(); part++) {
            lists.addEnrollmentListPart(AddEnrollmentListPartRequest.newBuilder()
                    .setEnrollmentListId(list.getId())
                    .setNumber(part + 1)
                    .setCsv(csv.substring(part * PART, Math.min(csv.size(), (part + 1) * PART)))
                    .build());
        }
        return lists.runEnrollmentList(RunEnrollmentListRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setEnrollmentListId(list.getId())
                        .build())
                .getOperation();
    }

    private static Operation get(Operation operation) {
        return lists.withDeadlineAfter(5, TimeUnit.SECONDS)
                .getOperation(GetOperationRequest.newBuilder()
                        .setOperationId(operation.getId())
                        .build())
                .getOperation();
    }

    /// Whoever runs it gives a sign of life every three seconds; after four that are missing it is taken
    /// over.
    private static boolean isAbandoned(Operation operation) {
        return count("""
                SELECT count(*) FROM enrollments.scheduled_tasks
                WHERE task_instance = CAST(? AS text) AND picked AND last_heartbeat > now() - interval '11 s'
                    AND picked_by IS NOT NULL
                """, UUID.fromString(operation.getId())) == 0;
    }

    private static ByteString csv(List<UUID> learners) {
        return ByteString.copyFromUtf8(
                "user_id\n" + learners.stream().map(UUID::toString).collect(Collectors.joining("\n")) + "\n");
    }

    /// Whole users, as other tests of these processes expect them.
    private static List<UUID> learners() {
        return TestEngines.superuser()
                .withHandle(handle ->
                        handle.createQuery("""
                                WITH made AS (
                                    INSERT INTO auth.accounts (id, email, password_hash, status)
                                    SELECT id, id || '@test.example', '-', 'ACTIVE'
                                    FROM (SELECT uuidv7() AS id FROM generate_series(1, ?)) ids RETURNING id)
                                INSERT INTO users.users (id, first_name, last_name)
                                SELECT id, 'Ada', 'Lovelace' FROM made RETURNING id
                                """).bind(0, LINES).mapTo(UUID.class).list());
    }

    private static UUID aCourse() {
        var id = UuidCreator.getTimeOrderedEpoch();
        TestEngines.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                INSERT INTO courses.courses (
                                    id, instructor_id, title, slug, price_minor, status, published_at)
                                SELECT :id, account_id, 'A course', :slug, 0, 'PUBLISHED', now()
                                FROM auth.account_roles WHERE role = 'admin' LIMIT 1
                                """)
                        .bind("id", id)
                        .bind("slug", "course-" + id)
                        .execute());
        return id;
    }

    private static long enrolled(UUID courseId) {
        return count("SELECT count(*) FROM enrollments.enrollments WHERE course_id = ? AND source = 'BULK'", courseId);
    }

    private static long count(String query, UUID id) {
        return TestEngines.superuser()
                .withHandle(handle ->
                        handle.createQuery(query).bind(0, id).mapTo(Long.class).one());
    }
}
