package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.TokenPair;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.common.v1.FieldChange;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.PublishCourseRequest;
import org.aula.api.courses.v1.PublishCourseResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.change.Change;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.server.Replies;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the contract wants in the audit log gets there with the change, or the change is not told.
final class AuditTest {

    /// Writes the entry of a call.
    @FunctionalInterface
    private interface Entry {
        void write(Audit audit);
    }

    private static final AtomicReference<Entry> entry = new AtomicReference<>();

    private static final class Courses extends CourseServiceGrpc.CourseServiceImplBase {
        @Override
        public void publishCourse(PublishCourseRequest request, StreamObserver<PublishCourseResponse> observer) {
            var wanted = entry.get();
            if (wanted != null) {
                platform.bean("courses", Database.class)
                        .transact(() -> wanted.write(platform.bean("courses", Audit.class)));
            }
            Replies.send(observer, PublishCourseResponse.getDefaultInstance());
        }
    }

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses").bean(new Courses());

    private final TestUser reviewer = platform.user("courses:publish");
    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void forget() {
        entry.set(null);
    }

    @Test
    void anAnswerWithoutItsEntryIsHeldBack() throws Exception {
        Refusal.expect(Code.INTERNAL, ErrorReason.ERROR_REASON_INTERNAL, this::publish);
    }

    @Test
    void theEntrySaysWhoDidWhatAndWhatChanged() throws Exception {
        var before = Course.newBuilder().setTitle("Old").setEtag("1").build();
        entry.set(audit -> audit.record(
                "course", id, before, before.toBuilder().setTitle("New").build()));

        var ignored = publish();

        var written = written();
        assertThat(written.getActor()).isEqualTo(reviewer.id().toString());
        var audit = written.getPayload().unpack(AuditRecorded.class);
        assertThat(audit.getAction()).isEqualTo("course.publish");
        assertThat(audit.getResourceType()).isEqualTo("course");
        assertThat(audit.getMethod()).isEqualTo("aula.courses.v1.CourseService/PublishCourse");
        assertThat(audit.getRequestId()).isNotEmpty();
        assertThat(audit.getChangesList())
                .containsExactly(FieldChange.newBuilder()
                        .setPath("title")
                        .setBeforeJson("\"Old\"")
                        .setAfterJson("\"New\"")
                        .build());
    }

    @Test
    void aChangeIsTranslatedAndCompared() throws Exception {
        entry.set(audit -> audit.record("course", id, new Change<>("Old", "New"), AuditTest::course));

        var ignored = publish();

        assertThat(written().getPayload().unpack(AuditRecorded.class).getChangesList())
                .containsExactly(change("\"Old\"", "\"New\""));
    }

    @Test
    void aChangeThatIsNoneHasNoEntry() throws Exception {
        entry.set(audit -> audit.record("course", id, Change.none("Same"), AuditTest::course));

        var ignored = publish();

        assertThat(entries()).isEmpty();
    }

    @Test
    void whatIsNewHasNoBefore() throws Exception {
        entry.set(audit -> audit.recordCreated("course", id, course("New")));

        var ignored = publish();

        assertThat(written().getPayload().unpack(AuditRecorded.class).getChangesList())
                .containsExactly(change("", "\"New\""));
    }

    @Test
    void whatIsGoneHasNoAfter() throws Exception {
        entry.set(audit -> audit.recordDeleted("course", id, course("Old")));

        var ignored = publish();

        assertThat(written().getPayload().unpack(AuditRecorded.class).getChangesList())
                .containsExactly(change("\"Old\"", ""));
    }

    @Test
    void anActionAloneHasNoChanges() throws Exception {
        entry.set(audit -> audit.recordAction("course", id));

        var ignored = publish();

        assertThat(written().getPayload().unpack(AuditRecorded.class).getChangesList())
                .isEmpty();
    }

    @Test
    void personalDataIsNamedWithoutItsValues() throws Exception {
        entry.set(audit -> audit.record(
                "account",
                id,
                Account.newBuilder().setEmail("ada@test.example").build(),
                Account.newBuilder()
                        .setEmail("countess@test.example")
                        .addRoles("tutor")
                        .build()));

        var ignored = publish();

        var audit = written().getPayload().unpack(AuditRecorded.class);
        assertThat(audit.toString()).doesNotContain("ada@", "countess@");
        assertThat(audit.getChangesList())
                .containsExactly(
                        FieldChange.newBuilder()
                                .setPath("email")
                                .setPersonal(true)
                                .build(),
                        FieldChange.newBuilder()
                                .setPath("roles")
                                .setAfterJson("[\"tutor\"]")
                                .build());
    }

    @Test
    void secretsAreNotEvenNamed() throws Exception {
        entry.set(audit -> audit.record(
                "session",
                id,
                TokenPair.getDefaultInstance(),
                TokenPair.newBuilder().setAccessToken("x").build()));

        var ignored = publish();

        assertThat(written().getPayload().unpack(AuditRecorded.class).getChangesList())
                .isEmpty();
    }

    private PublishCourseResponse publish() {
        return CourseServiceGrpc.newBlockingStub(platform.as(reviewer, "courses"))
                .publishCourse(PublishCourseRequest.newBuilder()
                        .setCourseId(id.toString())
                        .build());
    }

    private static Course course(String title) {
        return Course.newBuilder().setTitle(title).build();
    }

    private static FieldChange change(String before, String after) {
        return FieldChange.newBuilder()
                .setPath("title")
                .setBeforeJson(before)
                .setAfterJson(after)
                .build();
    }

    private EventEnvelope written() throws Exception {
        var envelopes = entries();
        assertThat(envelopes).hasSize(1);
        return envelopes.getFirst();
    }

    private List<EventEnvelope> entries() throws Exception {
        var envelopes = new ArrayList<EventEnvelope>();
        List<byte[]> rows = platform.superuser()
                .withHandle(handle -> handle.createQuery("SELECT envelope FROM courses.outbox WHERE key = ?")
                        .bind(0, id.toString())
                        .mapTo(byte[].class)
                        .list());
        for (var row : rows) {
            envelopes.add(EventEnvelope.parseFrom(row));
        }
        return envelopes;
    }
}
