package org.aula.grades.submission;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.aula.api.assignments.v1.FileAssignmentSettings;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceBlockingStub;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.content.v1.GetQuotaRequest;
import org.aula.api.content.v1.ListAssetsRequest;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.api.grades.v1.GetSubmissionDownloadsRequest;
import org.aula.api.grades.v1.ReturnSubmissionRequest;
import org.aula.api.grades.v1.Submission;
import org.aula.grades.Classroom;
import org.aula.kernel.testing.PinnedClock;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Files of submissions, which content keeps in the custody of grades.
final class SubmissionUploadTest {

    private static final ByteString BYTES = ByteString.copyFromUtf8("what I did");
    private static final PinnedClock clock = new PinnedClock();

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("grades", "content").at(clock);

    private final Classroom room = new Classroom(platform);
    private final Handover learner = new Handover(room, room.learner());

    @Test
    void files_are_in_the_custody_of_grades_and_count_towards_nobodys_quota() throws Exception {
        var draft = learner.begin(publish());
        var asset = learner.upload(draft, "work.txt", "what I did");
        var submitted = learner.submit(learner.fill(draft, asset));

        var mine = content(learner.learner());
        assertThat(mine.batchGetDownloads(BatchGetDownloadsRequest.newBuilder()
                                .addAssetIds(asset)
                                .build())
                        .getMissingIdsList())
                .containsExactly(asset);
        assertThat(mine.listAssets(ListAssetsRequest.newBuilder()
                                .setUserId(learner.learner().id().toString())
                                .build())
                        .getAssetsList())
                .isEmpty();
        assertThat(mine.getQuota(GetQuotaRequest.newBuilder()
                                .setUserId(learner.learner().id().toString())
                                .build())
                        .getQuota()
                        .getUsedBytes())
                .isZero();
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.content.v1.ErrorReason.ERROR_REASON_IN_CUSTODY,
                () -> mine.deleteAsset(
                        DeleteAssetRequest.newBuilder().setAssetId(asset).build()));
        assertThat(read(learner.learner(), submitted)).isEqualTo("what I did");
        assertThat(read(room.teacher(), submitted)).isEqualTo("what I did");
    }

    @Test
    void what_is_not_there_or_is_not_what_was_announced_is_not_completed() throws Exception {
        var draft = learner.begin(publish());
        var announced =
                learner.announce(learner.announcement(draft, "a.txt", BYTES).build());
        var asset = announced.getAssetId();
        unsuitable(asset, () -> learner.complete(draft, asset));
        unsuitable(asset, "asset_ids[0]", () -> learner.fill(draft, asset));

        Handover.put(announced, BYTES);
        assertThat(learner.complete(draft, asset).getSizeBytes()).isEqualTo(BYTES.size());
        assertThat(learner.complete(draft, asset).getFileName()).isEqualTo("a.txt");

        var lie = learner.announce(learner.announcement(draft, "a.png", BYTES)
                .setMediaType("image/png")
                .build());
        Handover.put(lie, BYTES);
        unsuitable(lie.getAssetId(), () -> learner.complete(draft, lie.getAssetId()));
    }

    @Test
    void files_of_others_are_neither_completed_nor_named() throws Exception {
        var assignment = publish();
        var draft = learner.begin(assignment);
        var stranger = new Handover(room, room.learner());
        var theirs = stranger.begin(assignment);
        var asset = stranger.upload(theirs, "a.txt", "theirs");

        unsuitable(asset, () -> learner.complete(draft, asset));
        unsuitable(asset, "asset_ids[0]", () -> learner.fill(draft, asset));
        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_SUBMISSION_NOT_FOUND, () -> learner.complete(theirs, asset));
        stranger.submit(stranger.fill(theirs, asset));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_STATUS_FORBIDS,
                () -> stranger.complete(theirs, asset));
    }

    @Test
    void nothing_is_announced_for_what_is_closed_or_left() throws Exception {
        var left = new Handover(room, platform.user());
        var enrollment = room.enroll(left.learner(), "ENROLLED", null);
        var assignment = publish();
        var draft = left.begin(assignment);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollments SET status = 'DROPPED' WHERE id = ?", enrollment));
        Refusal.expect(
                Code.PERMISSION_DENIED,
                ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED,
                () -> left.announce(left.announcement(draft, "a.txt", BYTES).build()));

        var mine = learner.begin(assignment);
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE assignments.file_assignments SET status = 'WITHDRAWN' WHERE id = ?",
                        UUID.fromString(assignment)));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_NOT_OPEN,
                () -> learner.announce(
                        learner.announcement(mine, "a.txt", BYTES).build()));
    }

    @Test
    void what_no_submission_names_is_deleted_after_a_day() throws Exception {
        var assignment = publish();
        var draft = learner.begin(assignment);
        var used = learner.upload(draft, "used.txt", "used");
        var dropped = learner.upload(draft, "dropped.txt", "dropped");
        var never = learner.upload(draft, "never.txt", "never");
        var filled = learner.fill(draft, used, dropped);
        var submitted = learner.submit(learner.fill(filled, used));
        var late = new Handover(room, room.learner());
        var lateDraft = late.begin(assignment);

        clock.advance(Duration.ofHours(24).plusMinutes(1));
        var young = late.upload(lateDraft, "young.txt", "young");
        sweep();

        assertThat(there(used, dropped, never, young)).containsExactlyInAnyOrder(used, young);
        assertThat(read(room.teacher(), submitted)).isEqualTo("used");
        assertThat(rows(dropped) + rows(never)).isZero();
        var next = new Handover(room, learner.learner());
        giveBack(submitted);
        var second = next.begin(assignment);
        unsuitable(dropped, "asset_ids[0]", () -> next.fill(second, dropped));
        unsuitable(never, () -> next.complete(second, never));
    }

    @Test
    void a_file_of_an_earlier_submission_is_named_again_and_stays_with_both() throws Exception {
        var assignment = publish();
        var draft = learner.begin(assignment);
        var asset = learner.upload(draft, "a.txt", "kept");
        var first = learner.submit(learner.fill(draft, asset));
        giveBack(first);
        var second = learner.begin(assignment);
        var filled = learner.fill(second, asset);
        learner.fill(filled);

        clock.advance(Duration.ofHours(24).plusMinutes(1));
        sweep();

        assertThat(there(asset)).containsExactly(asset);
        assertThat(read(room.teacher(), first)).isEqualTo("kept");
    }

    @Test
    void forty_at_once_are_all_that_no_submission_names() throws Exception {
        var draft = learner.begin(publish());
        var requests = new ArrayList<Callable<String>>();
        for (var count = 0; count < UploadService.MAX_UNUSED + 5; count++) {
            var request = learner.announcement(draft, "a.txt", BYTES).build();
            requests.add(() -> {
                try {
                    return learner.announce(request).getAssetId();
                } catch (io.grpc.StatusRuntimeException refused) {
                    return refused.getStatus().getCode().name();
                }
            });
        }
        var answers = new ArrayList<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).filteredOn("FAILED_PRECONDITION"::equals).hasSize(5);
        var more = learner.announcement(draft, "a.txt", BYTES).build();
        assertThat(Refusal.expect(
                                Code.FAILED_PRECONDITION,
                                ErrorReason.ERROR_REASON_TOO_MANY,
                                () -> learner.announce(more))
                        .metadata())
                .containsEntry("limit", "40");
        clock.advance(Duration.ofHours(24).plusMinutes(1));
        sweep();
        learner.announce(more);
    }

    @Test
    void a_file_that_two_drafts_change_at_once_is_used_as_long_as_one_names_it() throws Exception {
        var from = learner.begin(publish());
        var to = learner.begin(publish());
        var file = learner.upload(from, "a.txt", "a");
        for (var round = 0; round < 20; round++) {
            var source = learner.fill(Handover.get(room, learner.learner(), from), file);
            var target = learner.fill(Handover.get(room, learner.learner(), to));
            try (var threads = Executors.newFixedThreadPool(2)) {
                for (var answer : threads.invokeAll(
                        List.<Callable<Submission>>of(() -> learner.fill(source), () -> learner.fill(target, file)))) {
                    answer.get();
                }
            }
            assertThat(unused(file)).as("round %d", round).isFalse();
        }
    }

    @Test
    void what_content_never_answered_takes_no_room() throws Exception {
        var draft = learner.begin(publish());
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        """
                        INSERT INTO grades.submission_uploads (id, user_id, unused_since)
                        SELECT gen_random_uuid(), ?, CAST(? AS timestamptz) FROM generate_series(1, 40)
                        """,
                        learner.learner().id(),
                        clock.instant().minusSeconds(120).toString()));

        assertThat(learner.upload(draft, "a.txt", "a")).isNotEmpty();
    }

    @Test
    void nothing_is_handed_in_by_who_has_left() throws Exception {
        var left = new Handover(room, platform.user());
        var enrollment = room.enroll(left.learner(), "ENROLLED", null);
        var draft = left.begin(publish());
        var filled = left.fill(draft, left.upload(draft, "a.txt", "a"));
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollments SET status = 'DROPPED' WHERE id = ?", enrollment));

        Refusal.expect(Code.PERMISSION_DENIED, ErrorReason.ERROR_REASON_ENROLLMENT_REQUIRED, () -> left.submit(filled));
    }

    @Test
    void what_was_handed_in_stays_readable_when_its_learner_is_deleted() throws Exception {
        var submitted = learner.handIn(publish());

        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE auth.accounts SET deleted_at = now() WHERE id = ?",
                        learner.learner().id()));

        assertThat(read(room.teacher(), submitted)).isEqualTo("what I did");
    }

    @Test
    void a_request_that_comes_again_when_its_file_is_given_up_makes_no_other() throws Exception {
        var draft = learner.begin(publish());
        var request = learner.announcement(draft, "a.txt", BYTES).build();
        var asset = learner.announce(request).getAssetId();
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE grades.submission_uploads SET asset_id = ? WHERE asset_id = ?",
                        UUID.randomUUID(),
                        UUID.fromString(asset)));

        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> learner.announce(request));
    }

    @Test
    void a_request_of_one_submission_announces_nothing_for_another() throws Exception {
        var request =
                learner.announcement(learner.begin(publish()), "a.txt", BYTES).build();
        learner.announce(request);
        var other = learner.begin(publish());

        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> learner.announce(
                        request.toBuilder().setSubmissionId(other.getId()).build()));
    }

    private static void unsuitable(String asset, Refusal.Call call) throws Exception {
        unsuitable(asset, "asset_id", call);
    }

    private static void unsuitable(String asset, String field, Refusal.Call call) throws Exception {
        var refusal = Refusal.expect(Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_FILE_UNSUITABLE, call);
        assertThat(refusal.fields()).containsExactly(field);
        assertThat(refusal.metadata()).containsEntry("asset_id", asset);
    }

    private static void sweep() throws Exception {
        platform.inside("grades", () -> {
            platform.bean("grades", UnusedUploadJob.class).run();
            return true;
        });
    }

    private static List<String> there(String... assets) {
        return ContentServiceGrpc.newBlockingStub(platform.asService("grades", "content"))
                .batchGetDownloads(BatchGetDownloadsRequest.newBuilder()
                        .addAllAssetIds(List.of(assets))
                        .build())
                .getDownloadsList()
                .stream()
                .map(download -> download.getAsset().getId())
                .toList();
    }

    private static boolean unused(String asset) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT unused_since IS NOT NULL FROM grades.submission_uploads WHERE asset_id = ?")
                        .bind(0, UUID.fromString(asset))
                        .mapTo(Boolean.class)
                        .one());
    }

    private static int rows(String asset) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM grades.submission_uploads WHERE asset_id = ?")
                        .bind(0, UUID.fromString(asset))
                        .mapTo(Integer.class)
                        .one());
    }

    private String read(TestUser reader, Submission submission) throws Exception {
        var downloads = room.submissions(reader)
                .getSubmissionDownloads(GetSubmissionDownloadsRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .build())
                .getDownloadsList();
        return Handover.send(
                        HttpRequest.newBuilder(URI.create(downloads.getFirst().getUrl()))
                                .build())
                .body();
    }

    private void giveBack(Submission submission) {
        room.submissions(room.teacher())
                .returnSubmission(ReturnSubmissionRequest.newBuilder()
                        .setSubmissionId(submission.getId())
                        .setFeedback("once more")
                        .build());
    }

    private ContentServiceBlockingStub content(TestUser user) {
        return ContentServiceGrpc.newBlockingStub(room.as(user, "content"));
    }

    private String publish() {
        var settings = FileAssignmentSettings.newBuilder()
                .setPoints(50)
                .setPassingPercentage(70)
                .setMaxFiles(2)
                .setMaxFileBytes(1000)
                .build();
        return room.fileAssignment(UuidCreator.getTimeOrderedEpoch(), 1, settings);
    }
}
