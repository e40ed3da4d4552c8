package org.aula.enrollments.progress;

import java.time.Duration;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.enrollments.v1.LessonProgressStatus;
import org.aula.api.enrollments.v1.LessonStanding;
import org.aula.api.enrollments.v1.StreamProgressRequest;
import org.aula.api.enrollments.v1.UpdateLessonNoteRequest;
import org.aula.enrollments.enrollment.EnrollmentMapper;
import org.aula.enrollments.enrollment.LessonProgress;
import org.aula.enrollments.progress.LessonDetails.Key;
import org.aula.kernel.change.Updates;
import org.aula.kernel.error.Errors;
import org.aula.kernel.time.Times;

/// To and from the contract's messages.
final class ProgressMapper {

    private ProgressMapper() {}

    static Heartbeat fromProto(StreamProgressRequest request) {
        return new Heartbeat(
                UUID.fromString(request.getEnrollmentId()),
                UUID.fromString(request.getLessonId()),
                Times.duration(request.getPosition()),
                Times.duration(request.getTimeSpent()));
    }

    static LessonStanding standing(LessonProgress progress) {
        return LessonStanding.newBuilder()
                .setProgress(EnrollmentMapper.toProto(progress))
                .setAttemptCount(progress.attempts())
                .setLastAttemptTime(Times.timestamp(progress.lastAttemptAt()))
                .build();
    }

    /// Of a lesson that was never opened.
    static LessonStanding unopened(Key key) {
        return LessonStanding.newBuilder()
                .setProgress(org.aula.api.enrollments.v1.LessonProgress.newBuilder()
                        .setEnrollmentId(key.enrollmentId().toString())
                        .setLessonId(key.lessonId().toString())
                        .setStatus(LessonProgressStatus.LESSON_PROGRESS_STATUS_NOT_STARTED))
                .build();
    }

    static org.aula.api.enrollments.v1.LessonNote toProto(Key key, LessonNote note) {
        return org.aula.api.enrollments.v1.LessonNote.newBuilder()
                .setId(note.id().toString())
                .setEnrollmentId(key.enrollmentId().toString())
                .setLessonId(key.lessonId().toString())
                .setPosition(Times.duration(note.position()))
                .setText(note.text())
                .setCreateTime(Times.timestamp(note.createdAt()))
                .setUpdateTime(Times.timestamp(note.updatedAt()))
                .setEtag(Long.toString(note.version()))
                .build();
    }

    static org.aula.api.enrollments.v1.LessonStep toProto(LessonStep step) {
        return org.aula.api.enrollments.v1.LessonStep.newBuilder()
                .setName(step.name())
                .setCompleteTime(Times.timestamp(step.completedAt()))
                .build();
    }

    /// The note as the request wants it.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    static LessonNote update(UpdateLessonNoteRequest request, LessonNote before) {
        var kept = UpdateLessonNoteRequest.newBuilder()
                .setText(before.text())
                .setPosition(Times.duration(before.position()))
                .build();
        var after = Updates.merge(kept, request, request.getUpdateMask());
        if (after.getText().isEmpty()) {
            throw Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "text", "a note needs text");
        }
        return new LessonNote(
                before.id(),
                fromProto(after.getPosition()),
                after.getText(),
                before.createdAt(),
                before.updatedAt(),
                before.version());
    }

    /// Parts of a second are cut off.
    static Duration fromProto(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds());
    }
}
