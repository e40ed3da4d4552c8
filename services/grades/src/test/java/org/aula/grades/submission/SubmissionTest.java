package org.aula.grades.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.grades.submission.Handover.get;
import static org.aula.grades.submission.Handover.grade;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status.Code;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.aula.api.assignments.v1.FileAssignmentSettings;
import org.aula.api.assignments.v1.LatePolicy;
import org.aula.api.assignments.v1.Rubric;
import org.aula.api.assignments.v1.RubricCriterion;
import org.aula.api.assignments.v1.RubricLevel;
import org.aula.api.grades.v1.AssignmentGraded;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.GetMyGradeRequest;
import org.aula.api.grades.v1.GetSubmissionDownloadsRequest;
import org.aula.api.grades.v1.GivenLevel;
import org.aula.api.grades.v1.GradeSubmissionRequest;
import org.aula.api.grades.v1.ListMySubmissionsRequest;
import org.aula.api.grades.v1.ListSubmissionsRequest;
import org.aula.api.grades.v1.ReturnSubmissionRequest;
import org.aula.api.grades.v1.Submission;
import org.aula.api.grades.v1.SubmissionDownload;
import org.aula.api.grades.v1.SubmissionStatus;
import org.aula.grades.Classroom;
import org.aula.grades.PublishedEvents;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SubmissionTest {

    static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades", "content").at(clock);

    private final Classroom room = new Classroom(platform);
    private final Handover learner = new Handover(room, room.learner());

    @Test
    void work_is_handed_in_read_graded_and_counted() throws Exception {
        var assignment = publish(settings());
        var draft = learner.begin(assignment);
        assertThat(learner.begin(assignment)).isEqualTo(draft);
        var asset = learner.upload(draft, "Work.TXT", "what I did");
        var filled = learner.fill(draft, asset);
        assertThat(filled.getFiles(0).getFileName()).isEqualTo("Work.TXT");
        assertThat(filled.getFiles(0).getSizeBytes()).isEqualTo(10);
        assertThat(learner.fill(draft, asset)).isEqualTo(filled);

        var submitted = learner.submit(filled);
        assertThat(submitted.getStatus()).isEqualTo(SubmissionStatus.SUBMISSION_STATUS_SUBMITTED);
        assertThat(learner.submit(filled)).isEqualTo(submitted);
        assertThat(download(room.teacher(), submitted)).isEqualTo("what I did");
        assertThat(download(learner.learner(), submitted)).isEqualTo("what I did");
        var graded = grade(room, room.teacher(), submitted, 45.5);

        assertThat(graded.getStatus()).isEqualTo(SubmissionStatus.SUBMISSION_STATUS_GRADED);
        assertThat(graded.getScore()).isEqualTo(45.5);
        assertThat(graded.getPassed()).isTrue();
        assertThat(graded.getFeedback()).isEqualTo("well done");
        assertThat(get(room, learner.learner(), draft)).isEqualTo(graded);
        assertThat(PublishedEvents.of(platform, draft.getId(), AssignmentGraded.class))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getPassed()).isTrue();
                    assertThat(event.getLessonId()).isEqualTo(room.lessonId().toString());
                });
        var grade = room.gradebook(learner.learner())
                .getMyGrade(GetMyGradeRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build())
                .getGrade();
        assertThat(grade.getPercentage()).isEqualTo(91);
    }

    @Test
    void what_is_late_loses_points_and_the_grade_says_so() throws Exception {
        var assignment = publish(settings()
                .setDueTime(inHours(1))
                .setLatePolicy(LatePolicy.newBuilder()
                        .setPenaltyPercentPerDay(10)
                        .setMaxPenaltyPercent(15)
                        .setCutOff(Durations.fromDays(3))));
        var inTime = new Handover(room, room.learner());
        var later = new Handover(room, room.learner());
        var draft = later.begin(assignment);
        var filled = later.fill(draft, later.upload(draft, "a.txt", "late"));
        clock.advance(Duration.ofHours(1));
        assertThat(inTime.handIn(assignment).getLatePenaltyPercent()).isZero();
        clock.advance(Duration.ofMillis(1));
        var one = learner.handIn(assignment);
        assertThat(one.getLatePenaltyPercent()).isEqualTo(10);
        clock.advance(Duration.ofDays(1));
        assertThat(later.submit(filled).getLatePenaltyPercent()).isEqualTo(15);

        var graded = grade(room, room.teacher(), one, 50);
        assertThat(graded.getRawScore()).isEqualTo(50);
        assertThat(graded.getScore()).isEqualTo(45);
        var item = room.gradebook(learner.learner())
                .getMyGrade(GetMyGradeRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build())
                .getGrade()
                .getCategories(0)
                .getItems(0);
        assertThat(item.getLatePenaltyPercent()).isEqualTo(10);
        assertThat(item.getRawPoints()).isEqualTo(50);
        assertThat(item.getPoints()).isEqualTo(45);

        clock.advance(Duration.ofDays(3));
        notOpen(assignment, "close_time");
    }

    @Test
    void nothing_is_taken_before_or_after_and_drafts_are_not_handed_in_then() throws Exception {
        var assignment = publish(settings().setOpenTime(inHours(1)).setDueTime(inHours(2)));
        notOpen(assignment, "open_time");
        clock.advance(Duration.ofHours(1));
        var draft = learner.begin(assignment);
        var filled = learner.fill(draft, learner.upload(draft, "a.txt", "x"));
        clock.advance(Duration.ofHours(1).plusMillis(1));
        notOpen(assignment, "close_time");
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_NOT_OPEN, () -> learner.submit(filled));
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE assignments.file_assignments SET status = 'WITHDRAWN' WHERE id = ?",
                        UUID.fromString(assignment)));
        assertThat(Refusal.expect(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_NOT_OPEN,
                                () -> learner.submit(filled))
                        .metadata())
                .isEmpty();
    }

    @Test
    void nothing_is_begun_before_the_assignments_lesson_is_open() throws Exception {
        var assignment = publish(settings());
        room.releaseLessonAt(clock.instant().plusSeconds(60));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LESSON_NOT_RELEASED,
                () -> learner.begin(assignment));
        clock.advance(Duration.ofSeconds(60));
        room.putLessonFirst();
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_LESSON_PREREQUISITE_MISSING,
                () -> learner.begin(assignment));
    }

    private void notOpen(String assignment, String time) throws Exception {
        assertThat(Refusal.expect(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_NOT_OPEN,
                                () -> new Handover(room, room.learner()).begin(assignment))
                        .metadata())
                .containsOnlyKeys(time);
    }

    @Test
    void files_that_do_not_fit_are_refused() throws Exception {
        var assignment = publish(settings().setMaxFiles(1).setMaxFileBytes(5).addFileExtensions("txt"));
        var draft = learner.begin(assignment);
        Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_FILE_UNSUITABLE, () -> learner.submit(draft));
        var bytes = ByteString.copyFromUtf8("123456");
        var large = learner.announcement(draft, "a.txt", bytes).build();
        assertThat(Refusal.expect(
                                Code.INVALID_ARGUMENT,
                                ErrorReason.ERROR_REASON_FILE_UNSUITABLE,
                                () -> learner.announce(large))
                        .fields())
                .containsExactly("size_bytes");
        for (var name : List.of("a.exe", "txt", "a.txt.zip")) {
            var request =
                    learner.announcement(draft, name, bytes.substring(0, 5)).build();
            assertThat(Refusal.expect(
                                    Code.INVALID_ARGUMENT,
                                    ErrorReason.ERROR_REASON_FILE_UNSUITABLE,
                                    () -> learner.announce(request))
                            .fields())
                    .containsExactly("file_name");
        }
        var mine = learner.upload(draft, "a.txt", "12345");
        var second = learner.upload(draft, "b.txt", "12345");
        var stranger = new Handover(room, room.learner());
        var theirs = stranger.upload(stranger.begin(assignment), "a.txt", "12345");
        var pending = learner.announce(learner.announcement(draft, "c.txt", bytes.substring(0, 5))
                        .build())
                .getAssetId();
        for (var asset : List.of(theirs, pending, UUID.randomUUID().toString())) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_FILE_UNSUITABLE, () -> learner.fill(draft, asset));
            assertThat(refusal.fields()).containsExactly("asset_ids[0]");
            assertThat(refusal.metadata()).containsEntry("asset_id", asset);
        }
        assertThat(Refusal.expect(
                                Code.INVALID_ARGUMENT,
                                ErrorReason.ERROR_REASON_FILE_UNSUITABLE,
                                () -> learner.fill(draft, mine, second))
                        .fields())
                .containsExactly("asset_ids[1]");
        learner.fill(draft, mine);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> learner.fill(draft, second));
    }

    @Test
    void the_same_announcement_is_the_same_file() throws Exception {
        var draft = learner.begin(publish(settings()));
        var request = learner.announcement(draft, "a.txt", ByteString.copyFromUtf8("x"))
                .build();
        assertThat(learner.announce(request).getAssetId())
                .isEqualTo(learner.announce(request).getAssetId());
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> learner.announce(request.toBuilder().setFileName("b.txt").build()));
    }

    @Test
    void rubrics_give_points_by_one_level_of_each_criterion() throws Exception {
        var assignment = publish(settings()
                .setRubric(
                        Rubric.newBuilder().addCriteria(criterion("style", 10)).addCriteria(criterion("content", 40))));
        var submitted = learner.handIn(assignment);

        for (var levels : List.of(
                List.<GivenLevel>of(),
                List.of(level("style", "best")),
                List.of(level("style", "best"), level("style", "none")),
                List.of(level("style", "best"), level("content", "other")),
                List.of(level("style", "best"), level("content", "best"), level("more", "best")))) {
            assertThat(Refusal.expect(
                                    Code.INVALID_ARGUMENT,
                                    ErrorReason.ERROR_REASON_RUBRIC_MISMATCH,
                                    () -> byLevels(submitted, levels))
                            .fields())
                    .containsExactly("levels");
        }
        var graded = byLevels(submitted, List.of(level("style", "none"), level("content", "best")));
        assertThat(graded.getScore()).isEqualTo(40);
        assertThat(graded.getLevelsList()).hasSize(2);

        var plain = learner.handIn(publish(settings()));
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_RUBRIC_MISMATCH,
                () -> byLevels(plain, List.of(level("style", "best"))));
        var tooMany = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_POINTS_OUT_OF_RANGE,
                () -> grade(room, room.teacher(), plain, 50.01));
        assertThat(tooMany.fields()).containsExactly("points");
        assertThat(tooMany.metadata()).containsEntry("max_points", "50");
    }

    @Test
    void work_is_done_again_after_it_was_returned_or_graded_as_often_as_allowed() throws Exception {
        var assignment = publish(settings().setMaxSubmissions(2));
        var first = learner.handIn(assignment);
        Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_STATUS_FORBIDS, () -> learner.begin(assignment));
        var returned = giveBack(room.teacher(), first);
        assertThat(returned.getStatus()).isEqualTo(SubmissionStatus.SUBMISSION_STATUS_RETURNED);
        assertThat(returned.getFeedback()).isEqualTo("once more");
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_STATUS_FORBIDS,
                () -> giveBack(room.teacher(), first));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_STATUS_FORBIDS,
                () -> grade(room, room.teacher(), first, 1));
        var second = learner.handIn(assignment);
        assertThat(second.getNumber()).isEqualTo(2);
        grade(room, room.teacher(), second, 20);
        assertThat(Refusal.expect(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_NONE_LEFT,
                                () -> learner.begin(assignment))
                        .metadata())
                .containsEntry("limit", "2");
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_STATUS_FORBIDS, () -> learner.fill(second));
        assertThat(grade(room, room.teacher(), second, 30).getScore()).isEqualTo(30);
        var stale = GradeSubmissionRequest.newBuilder()
                .setSubmissionId(second.getId())
                .setEtag(second.getEtag())
                .build();
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> room.submissions(room.teacher()).gradeSubmission(stale));
    }

    @Test
    void beginning_at_once_makes_one_draft() throws Exception {
        var assignment = publish(settings());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Submission> begin = () -> learner.begin(assignment);
            var drafts = threads.invokeAll(java.util.Collections.nCopies(10, begin));
            for (var draft : drafts) {
                assertThat(draft.get()).isEqualTo(drafts.getFirst().get());
            }
        }
    }

    @Test
    void submissions_are_the_learners_and_the_teachers() throws Exception {
        var assignment = publish(settings());
        var draft = learner.begin(assignment);
        var stranger = new Handover(room, room.learner());
        for (var reader : List.of(stranger.learner(), room.teacher(), platform.user("grades:read"))) {
            hidden(() -> get(room, reader, draft));
        }
        hidden(() -> grade(room, room.teacher(), draft, 1));
        var filled = learner.fill(draft, learner.upload(draft, "a.txt", "x"));
        var submitted = learner.submit(filled);
        assertThat(get(room, room.teacher(), submitted)).isEqualTo(submitted);
        assertThat(get(room, platform.user("grades:read"), submitted)).isEqualTo(submitted);
        hidden(() -> get(room, stranger.learner(), submitted));
        hidden(() -> download(stranger.learner(), submitted));
        hidden(() -> stranger.fill(submitted));
        hidden(() -> stranger.submit(submitted));
        hidden(() -> stranger.announce(stranger.announcement(submitted, "a.txt", ByteString.copyFromUtf8("x"))
                .build()));
        hidden(() -> grade(room, stranger.learner(), submitted, 1));
        hidden(() -> grade(room, learner.learner(), submitted, 50));
        hidden(() -> giveBack(stranger.learner(), submitted));
        assertThat(grade(room, platform.user("grades:write"), submitted, 5).getScore())
                .isEqualTo(5);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED,
                () -> new Handover(room, platform.user()).begin(assignment));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_FILE_ASSIGNMENT_NOT_FOUND,
                () -> learner.begin(UUID.randomUUID().toString()));
    }

    private static void hidden(Refusal.Call call) throws Exception {
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_SUBMISSION_NOT_FOUND, call);
    }

    @Test
    void lists_are_paged_by_one_statement_each() throws Exception {
        var assignment = publish(settings());
        var first = learner.handIn(assignment);
        var second = new Handover(room, room.learner()).handIn(assignment);
        new Handover(room, room.learner()).begin(assignment);
        grade(room, room.teacher(), second, 1);
        var teacher = room.submissions(room.teacher());
        var request = ListSubmissionsRequest.newBuilder()
                .setCourseId(room.courseId())
                .setFileAssignmentId(assignment)
                .setPageSize(1)
                .setWithItemTokens(true)
                .build();

        var page = teacher.listSubmissions(request);
        assertThat(page.getSubmissionsList()).extracting(Submission::getId).containsExactly(first.getId());
        var next = teacher.listSubmissions(
                request.toBuilder().setPageToken(page.getItemTokens(0)).build());
        assertThat(next.getSubmissionsList()).extracting(Submission::getId).containsExactly(second.getId());
        assertThat(next.getNextPageToken()).isEmpty();
        var waiting = request.toBuilder()
                .setStatus(SubmissionStatus.SUBMISSION_STATUS_SUBMITTED)
                .build();
        assertThat(teacher.listSubmissions(waiting).getSubmissionsCount()).isEqualTo(1);
        assertThat(platform.statements("grades", () -> teacher.listSubmissions(request)))
                .isEqualTo(platform.statements(
                        "grades",
                        () -> teacher.listSubmissions(
                                request.toBuilder().setPageSize(100).build())));
        assertThat(room.submissions(learner.learner())
                        .listMySubmissions(ListMySubmissionsRequest.newBuilder()
                                .setFileAssignmentId(assignment)
                                .build())
                        .getSubmissionsList())
                .containsExactly(first);
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER,
                () -> room.submissions(learner.learner()).listSubmissions(request));
    }

    private String download(TestUser reader, Submission submission) throws Exception {
        var downloads = room.submissions(reader)
                .getSubmissionDownloads(GetSubmissionDownloadsRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .build())
                .getDownloadsList();
        assertThat(downloads)
                .extracting(SubmissionDownload::getAssetId)
                .containsExactly(submission.getFiles(0).getAssetId());
        return Handover.send(
                        HttpRequest.newBuilder(URI.create(downloads.getFirst().getUrl()))
                                .build())
                .body();
    }

    private Submission giveBack(TestUser grader, Submission submission) {
        return room.submissions(grader)
                .returnSubmission(ReturnSubmissionRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .setFeedback("once more")
                        .build())
                .getSubmission();
    }

    private Submission byLevels(Submission submission, List<GivenLevel> levels) {
        return room.submissions(room.teacher())
                .gradeSubmission(GradeSubmissionRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .addAllLevels(levels)
                        .build())
                .getSubmission();
    }

    private String publish(FileAssignmentSettings.Builder settings) {
        return room.fileAssignment(UuidCreator.getTimeOrderedEpoch(), 1, settings.build());
    }

    private static FileAssignmentSettings.Builder settings() {
        return FileAssignmentSettings.newBuilder()
                .setPoints(50)
                .setPassingPercentage(70)
                .setMaxFiles(2);
    }

    private static Timestamp inHours(int hours) {
        return Timestamps.fromMillis(clock.millis() + Duration.ofHours(hours).toMillis());
    }

    private static RubricCriterion criterion(String id, int points) {
        return RubricCriterion.newBuilder()
                .setId(id)
                .addLevels(RubricLevel.newBuilder().setId("none").setPoints(0))
                .addLevels(RubricLevel.newBuilder().setId("best").setPoints(points))
                .build();
    }

    private static GivenLevel level(String criterion, String level) {
        return GivenLevel.newBuilder()
                .setCriterionId(criterion)
                .setLevelId(level)
                .build();
    }
}
