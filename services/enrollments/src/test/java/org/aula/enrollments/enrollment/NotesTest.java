package org.aula.enrollments.enrollment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aula.api.enrollments.v1.CompleteLessonStepRequest;
import org.aula.api.enrollments.v1.CreateLessonNoteRequest;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.LessonNote;
import org.aula.api.enrollments.v1.LessonStep;
import org.aula.api.enrollments.v1.ListLessonNotesRequest;
import org.aula.api.enrollments.v1.UpdateLessonNoteRequest;
import org.aula.enrollments.enrollment.CourseBuilder.Course;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Notes and steps of a lesson.
final class NotesTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    private static final org.aula.api.common.v1.ErrorReason INVALID =
            org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED;

    private final TestUser learner = platform.user();
    private final Course course = aCourse(platform).lessons(2, 0).build();
    private final Enrollment enrollment = EnrollmentCalls.as(platform, learner).enroll(course);
    private final ProgressCalls calls = ProgressCalls.as(platform, learner);
    private final String lesson = course.lesson(0);

    @Test
    void notes_come_in_the_order_of_the_video_page_by_page() {
        var third = calls.note(enrollment, lesson, 30, "third");
        var first = calls.note(enrollment, lesson, 1, "first");
        var second = calls.note(enrollment, lesson, 30, "second");
        calls.note(enrollment, course.lesson(1), 0, "elsewhere");

        var page = calls.notes(enrollment, lesson, 2, "");
        var rest = calls.notes(enrollment, lesson, 2, page.getNextPageToken());

        assertThat(page.getNotesList()).containsExactly(first, third);
        assertThat(rest.getNotesList()).containsExactly(second);
        assertThat(rest.getNextPageToken()).isEmpty();
        assertThat(first.getText()).isEqualTo("first");
        assertThat(first.getPosition().getSeconds()).isEqualTo(1);
    }

    @Test
    void a_request_that_comes_again_writes_one_note() throws Exception {
        var requestId = UUID.randomUUID().toString();
        var note = calls.note(enrollment, lesson, 5, "once", requestId);

        assertThat(calls.note(enrollment, lesson, 5, "once", requestId)).isEqualTo(note);
        // As if the first had come no further than the document.
        platform.superuser().useHandle(handle -> handle.execute("DELETE FROM enrollments.idempotency_keys"));
        assertThat(calls.note(enrollment, lesson, 5, "once", requestId)).isEqualTo(note);
        assertThat(calls.notes(enrollment, lesson, 0, "").getNotesList()).containsExactly(note);
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> calls.note(enrollment, lesson, 5, "other", requestId));
    }

    @Test
    void a_note_changes_for_who_has_read_it_as_it_is() throws Exception {
        var note = calls.note(enrollment, lesson, 5, "draft");

        var next = calls.rewrite(enrollment, note, note.getEtag(), "better");

        assertThat(next.getText()).isEqualTo("better");
        assertThat(next.getPosition()).isEqualTo(note.getPosition());
        assertThat(next.getEtag()).isNotEqualTo(note.getEtag());
        assertThat(calls.rewrite(enrollment, note, note.getEtag(), "better")).isEqualTo(next);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> calls.rewrite(enrollment, note, note.getEtag(), "late"));
        assertThat(calls.rewrite(enrollment, note, "", "whatever").getText()).isEqualTo("whatever");
        var empty = Refusal.expect(Code.INVALID_ARGUMENT, INVALID, () -> calls.rewrite(enrollment, note, "", ""));
        assertThat(empty.fields()).containsExactly("text");
    }

    @Test
    void of_many_who_change_a_note_at_once_one_wins() throws Exception {
        var note = calls.note(enrollment, lesson, 5, "draft");
        var won = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = new ArrayList<Future<LessonNote>>();
            for (int count = 0; count < 10; count++) {
                var text = "text " + count;
                changes.add(threads.submit(() -> calls.rewrite(enrollment, note, note.getEtag(), text)));
            }
            for (var change : changes) {
                try {
                    change.get();
                    won++;
                } catch (java.util.concurrent.ExecutionException lost) {
                    assertThat(lost).hasMessageContaining("ABORTED");
                }
            }
        }
        assertThat(won).isEqualTo(1);
    }

    @Test
    void a_deleted_note_is_gone_and_may_be_deleted_again() throws Exception {
        var note = calls.note(enrollment, lesson, 5, "gone");
        var kept = calls.note(enrollment, lesson, 6, "kept");

        calls.delete(enrollment, note);
        calls.delete(enrollment, note);

        assertThat(calls.notes(enrollment, lesson, 0, "").getNotesList()).containsExactly(kept);
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_NOTE_NOT_FOUND,
                () -> calls.rewrite(enrollment, note, "", "back"));
    }

    @Test
    void a_lesson_has_two_hundred_notes_at_most_however_many_write_at_once() throws Exception {
        for (int count = 0; count < 195; count++) {
            calls.note(enrollment, lesson, count, "note");
        }
        var refused = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writes = new ArrayList<Future<LessonNote>>();
            for (int count = 0; count < 10; count++) {
                writes.add(threads.submit(() -> calls.note(enrollment, lesson, 300, "last")));
            }
            for (var write : writes) {
                try {
                    write.get();
                } catch (java.util.concurrent.ExecutionException full) {
                    refused++;
                }
            }
        }
        assertThat(refused).isEqualTo(5);
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_NOTE_LIMIT_REACHED,
                () -> calls.note(enrollment, lesson, 0, "too many"));
        assertThat(refusal.metadata()).containsEntry("limit", "200");
        var page = calls.notes(enrollment, lesson, 1000, "");
        assertThat(page.getNotesCount()).isEqualTo(100);
        assertThat(calls.notes(enrollment, lesson, 1000, page.getNextPageToken())
                        .getNotesCount())
                .isEqualTo(100);
    }

    @Test
    void steps_are_done_once_and_stay_in_order() throws Exception {
        calls.step(enrollment, lesson, "intro");
        var two = calls.step(enrollment, lesson, "block-2");
        var again = calls.step(enrollment, lesson, "intro");

        assertThat(again).isEqualTo(two).extracting(LessonStep::getName).containsExactly("intro", "block-2");
        assertThat(calls.steps(enrollment, lesson)).isEqualTo(two);
        assertThat(calls.steps(enrollment, course.lesson(1))).isEmpty();
    }

    @Test
    void a_lesson_has_five_hundred_steps_at_most() throws Exception {
        for (int count = 0; count < 500; count++) {
            calls.step(enrollment, lesson, "step-" + count);
        }

        assertThat(calls.step(enrollment, lesson, "step-7")).hasSize(500);
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_STEP_LIMIT_REACHED,
                () -> calls.step(enrollment, lesson, "one-more"));
        assertThat(refusal.metadata()).containsEntry("limit", "500");
    }

    @Test
    void nobody_else_reads_or_writes_them() throws Exception {
        var note = calls.note(enrollment, lesson, 5, "mine");
        for (var stranger : new TestUser[] {platform.user(), platform.user("enrollments:read")}) {
            var theirs = ProgressCalls.as(platform, stranger);
            var reason = ErrorReason.ERROR_REASON_ENROLLMENT_NOT_FOUND;
            Refusal.expect(Code.NOT_FOUND, reason, () -> theirs.notes(enrollment, lesson, 0, ""));
            Refusal.expect(Code.NOT_FOUND, reason, () -> theirs.note(enrollment, lesson, 0, "x"));
            Refusal.expect(Code.NOT_FOUND, reason, () -> theirs.rewrite(enrollment, note, "", "x"));
            Refusal.expect(Code.NOT_FOUND, reason, () -> theirs.delete(enrollment, note));
            Refusal.expect(Code.NOT_FOUND, reason, () -> theirs.steps(enrollment, lesson));
            Refusal.expect(Code.NOT_FOUND, reason, () -> theirs.step(enrollment, lesson, "x"));
        }
        assertThat(calls.notes(enrollment, lesson, 0, "").getNotesList()).containsExactly(note);
    }

    @Test
    void when_the_enrollment_is_over_notes_are_read_and_deleted_but_not_written() throws Exception {
        var note = calls.note(enrollment, lesson, 5, "mine");
        platform.superuser()
                .useHandle(handle -> handle.execute(
                        "UPDATE enrollments.enrollments SET status = 'REFUNDED' WHERE id = ?",
                        UUID.fromString(enrollment.getId())));

        assertThat(calls.notes(enrollment, lesson, 0, "").getNotesList()).containsExactly(note);
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_ACTIVE,
                () -> calls.note(enrollment, lesson, 0, "x"));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_ENROLLMENT_NOT_ACTIVE,
                () -> calls.step(enrollment, lesson, "x"));
        calls.delete(enrollment, note);
        assertThat(calls.notes(enrollment, lesson, 0, "").getNotesList()).isEmpty();
    }

    @Test
    void every_broken_field_is_named() throws Exception {
        var stub = calls.stub();
        assertThat(Refusal.expect(
                                Code.INVALID_ARGUMENT,
                                INVALID,
                                () -> stub.createLessonNote(CreateLessonNoteRequest.newBuilder()
                                        .setPosition(ProgressCalls.seconds(864_001))
                                        .setText("x".repeat(5_001))
                                        .build()))
                        .fields())
                .containsExactlyInAnyOrder("request_id", "enrollment_id", "lesson_id", "position", "text");
        assertThat(Refusal.expect(
                                Code.INVALID_ARGUMENT,
                                INVALID,
                                () -> stub.updateLessonNote(UpdateLessonNoteRequest.newBuilder()
                                        .setEtag("x".repeat(41))
                                        .setText("x".repeat(5_001))
                                        .setPosition(ProgressCalls.seconds(-1))
                                        .build()))
                        .fields())
                .containsExactlyInAnyOrder(
                        "enrollment_id", "lesson_id", "note_id", "etag", "update_mask", "text", "position");
        assertThat(Refusal.expect(
                                Code.INVALID_ARGUMENT,
                                INVALID,
                                () -> stub.listLessonNotes(ListLessonNotesRequest.newBuilder()
                                        .setPageSize(-1)
                                        .setPageToken("x".repeat(1_001))
                                        .build()))
                        .fields())
                .containsExactlyInAnyOrder("enrollment_id", "lesson_id", "page_size", "page_token");
        for (var step : new String[] {"", "x".repeat(65), "a b", "<b>"}) {
            assertThat(Refusal.expect(
                                    Code.INVALID_ARGUMENT,
                                    INVALID,
                                    () -> stub.completeLessonStep(CompleteLessonStepRequest.newBuilder()
                                            .setEnrollmentId(enrollment.getId())
                                            .setLessonId(lesson)
                                            .setStep(step)
                                            .build()))
                            .fields())
                    .containsExactly("step");
        }
    }
}
