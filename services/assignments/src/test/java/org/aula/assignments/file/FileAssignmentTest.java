package org.aula.assignments.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.grpc.Status.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.aula.api.assignments.v1.CreateFileAssignmentRequest;
import org.aula.api.assignments.v1.DeleteFileAssignmentRequest;
import org.aula.api.assignments.v1.ErrorReason;
import org.aula.api.assignments.v1.FileAssignment;
import org.aula.api.assignments.v1.FileAssignmentStatus;
import org.aula.api.assignments.v1.FileAssignmentVersion;
import org.aula.api.assignments.v1.GetFileAssignmentRequest;
import org.aula.api.assignments.v1.GetFileAssignmentVersionRequest;
import org.aula.api.assignments.v1.GetLearnerFileAssignmentRequest;
import org.aula.api.assignments.v1.LatePolicy;
import org.aula.api.assignments.v1.LearnerFileAssignment;
import org.aula.api.assignments.v1.ListFileAssignmentsRequest;
import org.aula.api.assignments.v1.ListLearnerFileAssignmentsRequest;
import org.aula.api.assignments.v1.PublishFileAssignmentRequest;
import org.aula.api.assignments.v1.Rubric;
import org.aula.api.assignments.v1.RubricCriterion;
import org.aula.api.assignments.v1.RubricLevel;
import org.aula.api.assignments.v1.UpdateFileAssignmentRequest;
import org.aula.api.assignments.v1.WithdrawFileAssignmentRequest;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FileAssignmentTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "enrollments", "assignments");

    private static final String[] ALL = {
        "settings.instructions",
        "settings.points",
        "settings.passing_percentage",
        "settings.open_time",
        "settings.due_time",
        "settings.late_policy",
        "settings.file_extensions",
        "settings.max_file_bytes",
        "settings.max_files",
        "settings.max_submissions",
        "settings.mandatory",
        "settings.rubric"
    };

    private static final org.aula.api.assignments.v1.FileAssignmentSettings USUAL =
            org.aula.api.assignments.v1.FileAssignmentSettings.newBuilder()
                    .setPoints(100)
                    .setPassingPercentage(70)
                    .setMaxFileBytes(10 * 1024 * 1024)
                    .setMaxFiles(1)
                    .build();

    private static final org.aula.api.assignments.v1.FileAssignmentSettings FULL =
            org.aula.api.assignments.v1.FileAssignmentSettings.newBuilder()
                    .setInstructions("<p>Write</p>")
                    .setPoints(10)
                    .setPassingPercentage(50.5)
                    .setOpenTime(Timestamp.newBuilder().setSeconds(1_000_000))
                    .setDueTime(Timestamp.newBuilder().setSeconds(2_000_000))
                    .setLatePolicy(LatePolicy.newBuilder()
                            .setPenaltyPercentPerDay(12.5)
                            .setMaxPenaltyPercent(50)
                            .setCutOff(Duration.newBuilder().setSeconds(86_400)))
                    .addFileExtensions("pdf")
                    .addFileExtensions("md")
                    .setMaxFileBytes(1000)
                    .setMaxFiles(3)
                    .setMaxSubmissions(2)
                    .setMandatory(true)
                    .setRubric(Rubric.newBuilder()
                            .addCriteria(criterion("style", 0, 4))
                            .addCriteria(criterion("content", 1, 6)))
                    .build();

    private final Classroom room = new Classroom(platform);
    private final FileAssignment work = room.file("Work");

    @Test
    void beginsAsADraftWithTheUsualSettings() {
        assertThat(work.getStatus()).isEqualTo(FileAssignmentStatus.FILE_ASSIGNMENT_STATUS_DRAFT);
        assertThat(work.getSettings()).isEqualTo(USUAL);
        assertThat(get(room.author())).isEqualTo(work);
    }

    @Test
    void changesWhatTheMaskNamesAndNothingElse() throws Exception {
        var request =
                change(FULL, ALL).setEtag(work.getEtag()).setTitle("Not named").build();
        var changed = room.files().updateFileAssignment(request).getFileAssignment();
        assertThat(changed.getTitle()).isEqualTo("Work");
        assertThat(changed.getSettings()).isEqualTo(FULL);
        assertThat(get(room.author())).isEqualTo(changed);
        assertThat(room.files().updateFileAssignment(request).getFileAssignment())
                .isEqualTo(changed);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> room.files()
                        .updateFileAssignment(
                                change(USUAL, ALL).setEtag(work.getEtag()).build()));
        var cleared = room.files()
                .updateFileAssignment(
                        change(org.aula.api.assignments.v1.FileAssignmentSettings.getDefaultInstance(), ALL)
                                .build())
                .getFileAssignment();
        assertThat(cleared.getSettings())
                .isEqualTo(USUAL.toBuilder().setPassingPercentage(0).build());
    }

    @Test
    void takesAwayWhatIsNotSafe() {
        var changed = room.files()
                .updateFileAssignment(change(
                                org.aula.api.assignments.v1.FileAssignmentSettings.newBuilder()
                                        .setInstructions("<p>Write</p><iframe src='https://a.example'></iframe>")
                                        .build(),
                                "settings.instructions")
                        .build())
                .getFileAssignment();
        assertThat(changed.getSettings().getInstructions()).isEqualTo("<p>Write</p>");
    }

    @Test
    void namesWhatAChangeBreaks() throws Exception {
        requireInvalid("title", USUAL, "title");
        requireInvalid(
                "settings.due_time",
                FULL.toBuilder().setDueTime(FULL.getOpenTime()).build(),
                ALL);
        requireInvalid("settings.late_policy", FULL.toBuilder().clearDueTime().build(), ALL);
        requireInvalid(
                "settings.passing_percentage",
                FULL.toBuilder().setPassingPercentage(33.333).build(),
                ALL);
        requireInvalid(
                "settings.late_policy.penalty_percent_per_day",
                late(policy -> policy.setPenaltyPercentPerDay(0.001)),
                ALL);
        requireInvalid(
                "settings.late_policy.max_penalty_percent", late(policy -> policy.setMaxPenaltyPercent(0.001)), ALL);
        requireInvalid(
                "settings.late_policy.cut_off",
                late(policy ->
                        policy.setCutOff(Duration.newBuilder().setSeconds(90).setNanos(1))),
                ALL);
        var twice = FULL.toBuilder();
        twice.getRubricBuilder().getCriteriaBuilder(1).setId("style");
        requireInvalid("settings.rubric.criteria[1].id", twice.build(), ALL);
        var level = FULL.toBuilder();
        level.getRubricBuilder().getCriteriaBuilder(0).getLevelsBuilder(1).setId("l0");
        requireInvalid("settings.rubric.criteria[0].levels[1].id", level.build(), ALL);
    }

    @Test
    void hasARubricOfLimitedSize() throws Exception {
        var rubric = Rubric.newBuilder();
        for (int number = 0; number < 20; number++) {
            var criterion = RubricCriterion.newBuilder().setId("c" + number).setTitle("Criterion");
            for (int level = 0; level < 10; level++) {
                criterion.addLevels(RubricLevel.newBuilder()
                        .setId("l" + level)
                        .setTitle("Level")
                        .setDescription("a".repeat(400)));
            }
            rubric.addCriteria(criterion);
        }
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_TOO_LARGE,
                () -> room.files()
                        .updateFileAssignment(
                                change(USUAL.toBuilder().setRubric(rubric).build(), "settings.rubric")
                                        .build()));
    }

    @Test
    void givesLearnersTheVersionAndKeepsIt() throws Exception {
        room.published();
        var learner = room.enrolled();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND, () -> learners(learner));
        room.files().updateFileAssignment(change(FULL, ALL).build());
        var published = publish();
        assertThat(published.getPublishedVersion()).isEqualTo(1);
        assertThat(publish()).isEqualTo(published);
        assertThat(learners(learner))
                .isEqualTo(LearnerFileAssignment.newBuilder()
                        .setId(work.getId())
                        .setVersion(1)
                        .setCourseId(room.courseId())
                        .setTitle("Work")
                        .setSettings(FULL)
                        .build());
        var before = version(1);
        room.files()
                .updateFileAssignment(
                        change(USUAL, "settings.points", "settings.rubric").build());
        assertThat(learners(learner).getSettings()).isEqualTo(FULL);
        assertThat(publish().getPublishedVersion()).isEqualTo(2);
        assertThat(version(1)).isEqualTo(before);
        assertThat(learners(learner).getSettings().getPoints()).isEqualTo(100);
        assertThat(room.events(work.getId())).containsExactly("FileAssignmentPublished", "FileAssignmentPublished");
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_VERSION_NOT_FOUND, () -> version(3));
        assertThatThrownBy(() -> platform.superuser()
                        .useHandle(handle -> handle.execute(
                                "UPDATE assignments.file_assignment_versions SET title = 'x'"
                                        + " WHERE file_assignment_id = CAST(? AS uuid)",
                                work.getId())))
                .hasMessageContaining("published versions do not change");
        assertThat(documentOfTheView()).isEqualTo(version(2));
    }

    @Test
    void hasARubricThatAddsUpToItsPoints() throws Exception {
        var refusal = Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_RUBRIC_POINTS_MISMATCH, () -> {
            room.files()
                    .updateFileAssignment(
                            change(FULL.toBuilder().setPoints(11).build(), ALL).build());
            return publish();
        });
        assertThat(refusal.metadata()).containsEntry("rubric", "10").containsEntry("points", "11");
    }

    @Test
    void isWithdrawnOfferedAgainAndNeverDeleted() throws Exception {
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_STATUS_FORBIDS, this::withdraw);
        room.published();
        publish();
        var learner = room.enrolled();
        var withdrawn = withdraw();
        assertThat(withdrawn.getStatus()).isEqualTo(FileAssignmentStatus.FILE_ASSIGNMENT_STATUS_WITHDRAWN);
        assertThat(withdraw()).isEqualTo(withdrawn);
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND, () -> learners(learner));
        var refusal = Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_STATUS_FORBIDS, this::delete);
        assertThat(refusal.metadata()).containsEntry("status", "WITHDRAWN");
        assertThat(publish().getPublishedVersion()).isEqualTo(1);
        assertThat(learners(learner).getTitle()).isEqualTo("Work");
    }

    @Test
    void isDeletedAsADraft() throws Exception {
        delete();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND, () -> get(room.author()));
    }

    @Test
    void opensToWhoIsEnrolledTheAuthorAndReviewers() throws Exception {
        publish();
        var stranger = platform.user();
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND, () -> learners(stranger));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND, () -> get(stranger));
        room.published();
        Refusal.expect(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, () -> learners(stranger));
        for (var reader : List.of(room.enrolled(), room.author(), platform.user("courses:read"))) {
            assertThat(learners(reader).getTitle()).isEqualTo("Work");
        }
    }

    @Test
    void liesInALessonForAssignmentsOfItsCourse() throws Exception {
        var request = CreateFileAssignmentRequest.newBuilder()
                .setRequestId(Classroom.newId())
                .setCourseId(room.courseId())
                .setTitle("In a lesson");
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_LESSON_UNSUITABLE,
                () -> room.files()
                        .createFileAssignment(
                                request.setLessonId(room.quizLessonId()).build()));
        assertThat(refusal.fields()).containsExactly("lesson_id");
        var made = room.files()
                .createFileAssignment(
                        request.setLessonId(room.assignmentLessonId()).build())
                .getFileAssignment();
        assertThat(room.files().createFileAssignment(request.build()).getFileAssignment())
                .as("the same request again")
                .isEqualTo(made);
        assertThat(made.getLessonId()).isEqualTo(room.assignmentLessonId());
    }

    @Test
    void tellsLearnersWhatToDoOnceItsLessonIsOpen() {
        room.published();
        var learner = room.enrolled();
        room.files()
                .updateFileAssignment(change(FULL, ALL)
                        .setLessonId(room.assignmentLessonId())
                        .setUpdateMask(
                                FieldMask.newBuilder().addAllPaths(List.of(ALL)).addPaths("lesson_id"))
                        .build());
        publish();
        room.releaseAssignmentLessonAt(Instant.now().plusSeconds(3_600));

        for (var closed : List.of(learners(learner), listed(learner))) {
            assertThat(closed.getTitle()).isEqualTo("Work");
            assertThat(closed.getSettings())
                    .isEqualTo(
                            FULL.toBuilder().clearInstructions().clearRubric().build());
        }
        assertThat(learners(room.author()).getSettings()).as("its author").isEqualTo(FULL);

        room.releaseAssignmentLessonAt(Instant.now().minusSeconds(60));
        for (var open : List.of(learners(learner), listed(learner))) {
            assertThat(open.getSettings()).isEqualTo(FULL);
        }
    }

    private LearnerFileAssignment listed(TestUser user) {
        return room.files(user)
                .listLearnerFileAssignments(ListLearnerFileAssignmentsRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .setLessonId(room.assignmentLessonId())
                        .build())
                .getFileAssignments(0);
    }

    @Test
    void listsInPagesWhoseStatementsDoNotGrow() throws Exception {
        room.published();
        publish();
        var made = new ArrayList<>(List.of(work.getId()));
        for (int number = 0; number < 3; number++) {
            var next = room.file("Work " + number);
            room.files()
                    .publishFileAssignment(PublishFileAssignmentRequest.newBuilder()
                            .setFileAssignmentId(next.getId())
                            .build());
            made.add(next.getId());
        }
        var learner = room.enrolled();
        var authors = ListFileAssignmentsRequest.newBuilder()
                .setCourseId(room.courseId())
                .setPageSize(3)
                .build();
        var first = room.files().listFileAssignments(authors);
        var rest = room.files()
                .listFileAssignments(authors.toBuilder()
                        .setPageToken(first.getNextPageToken())
                        .build());
        assertThat(first.getFileAssignmentsList())
                .extracting(FileAssignment::getId)
                .containsExactlyElementsOf(made.subList(0, 3));
        assertThat(rest.getFileAssignmentsList())
                .extracting(FileAssignment::getId)
                .containsExactly(made.getLast());
        var learners = ListLearnerFileAssignmentsRequest.newBuilder()
                .setCourseId(room.courseId())
                .setPageSize(3)
                .build();
        var offered = room.files(learner).listLearnerFileAssignments(learners);
        assertThat(offered.getFileAssignmentsList())
                .extracting(LearnerFileAssignment::getId)
                .containsExactlyElementsOf(made.subList(0, 3));
        assertThat(room.files(learner)
                        .listLearnerFileAssignments(learners.toBuilder()
                                .setPageToken(offered.getNextPageToken())
                                .build())
                        .getFileAssignmentsList())
                .extracting(LearnerFileAssignment::getId)
                .containsExactly(made.getLast());
        assertThat(room.files(learner)
                        .listLearnerFileAssignments(learners.toBuilder()
                                .setLessonId(room.assignmentLessonId())
                                .build())
                        .getFileAssignmentsList())
                .isEmpty();
        assertThat(platform.statements("assignments", () -> room.files().listFileAssignments(authors)))
                .isEqualTo(platform.statements(
                        "assignments",
                        () -> room.files()
                                .listFileAssignments(
                                        authors.toBuilder().setPageSize(1).build())));
        assertThat(platform.statements("assignments", () -> room.files(learner).listLearnerFileAssignments(learners)))
                .isEqualTo(platform.statements(
                        "assignments",
                        () -> room.files(learner)
                                .listLearnerFileAssignments(
                                        learners.toBuilder().setPageSize(1).build())));
    }

    @Test
    void hasAnEnd() throws Exception {
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                        INSERT INTO assignments.file_assignments (id, course_id, title, created_at, updated_at)
                        SELECT gen_random_uuid(), CAST(:courseId AS uuid), 'Work', now(), now()
                        FROM generate_series(1, 499)
                        """)
                        .bind("courseId", room.courseId())
                        .execute());
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_TOO_MANY, () -> room.file("One more"));
        assertThat(refusal.metadata()).containsEntry("limit", "500");
    }

    private void requireInvalid(
            String field, org.aula.api.assignments.v1.FileAssignmentSettings settings, String... paths)
            throws Exception {
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> room.files().updateFileAssignment(change(settings, paths).build()));
        assertThat(refusal.fields()).containsExactly(field);
    }

    private static org.aula.api.assignments.v1.FileAssignmentSettings late(Consumer<LatePolicy.Builder> change) {
        var settings = FULL.toBuilder();
        change.accept(settings.getLatePolicyBuilder());
        return settings.build();
    }

    private static RubricCriterion criterion(String id, int... points) {
        var criterion = RubricCriterion.newBuilder().setId(id).setTitle("Title");
        for (int index = 0; index < points.length; index++) {
            criterion.addLevels(RubricLevel.newBuilder()
                    .setId("l" + index)
                    .setTitle("Level")
                    .setPoints(points[index]));
        }
        return criterion.build();
    }

    private UpdateFileAssignmentRequest.Builder change(
            org.aula.api.assignments.v1.FileAssignmentSettings settings, String... paths) {
        return UpdateFileAssignmentRequest.newBuilder()
                .setFileAssignmentId(work.getId())
                .setSettings(settings)
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }

    private FileAssignment get(TestUser user) {
        return room.files(user)
                .getFileAssignment(GetFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(work.getId())
                        .build())
                .getFileAssignment();
    }

    private LearnerFileAssignment learners(TestUser user) {
        return room.files(user)
                .getLearnerFileAssignment(GetLearnerFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(work.getId())
                        .build())
                .getFileAssignment();
    }

    private FileAssignment publish() {
        return room.files()
                .publishFileAssignment(PublishFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(work.getId())
                        .build())
                .getFileAssignment();
    }

    private FileAssignment withdraw() {
        return room.files()
                .withdrawFileAssignment(WithdrawFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(work.getId())
                        .build())
                .getFileAssignment();
    }

    private Object delete() {
        return room.files()
                .deleteFileAssignment(DeleteFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(work.getId())
                        .build());
    }

    private FileAssignmentVersion version(int number) {
        return room.files()
                .getFileAssignmentVersion(GetFileAssignmentVersionRequest.newBuilder()
                        .setFileAssignmentId(work.getId())
                        .setVersion(number)
                        .build())
                .getVersion();
    }

    private FileAssignmentVersion documentOfTheView() throws Exception {
        byte[] document = platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT version.document FROM assignments_api.file_assignments assignment
                        JOIN assignments_api.file_assignment_versions version
                            ON version.file_assignment_id = assignment.id
                            AND version.version = assignment.published_version
                        WHERE assignment.id = CAST(:id AS uuid)
                        """)
                        .bind("id", work.getId())
                        .mapTo(byte[].class)
                        .one());
        return FileAssignmentVersion.parseFrom(document);
    }
}
