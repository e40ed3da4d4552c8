package org.aula.assignments.file;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateFileAssignmentRequest;
import org.aula.api.assignments.v1.FileAssignmentSettings;
import org.aula.api.assignments.v1.FileAssignmentStatus;
import org.aula.api.assignments.v1.UpdateFileAssignmentRequest;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.course.SettingsProtos;
import org.aula.assignments.html.SafeHtml;
import org.aula.kernel.change.Updates;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// File assignments to and from messages. HTML is made safe on its way in.
final class FileAssignmentProtos {

    private FileAssignmentProtos() {}

    static FileAssignment created(CreateFileAssignmentRequest request, Instant now) {
        Refusals.requireText("title", request.getTitle());
        return FileAssignment.created(
                UuidCreator.getTimeOrderedEpoch(),
                UUID.fromString(request.getCourseId()),
                SettingsProtos.id(request.getLessonId()),
                request.getTitle(),
                request.getDescription(),
                now);
    }

    /// An assignment after what the mask names was changed.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED,
    ///     FAILED_PRECONDITION with
    ///     TOO_LARGE
    static FileAssignment changed(FileAssignment before, UpdateFileAssignmentRequest request, Instant now) {
        var wanted = org.aula.api.assignments.v1.FileAssignment.newBuilder()
                .setTitle(request.getTitle())
                .setDescription(request.getDescription())
                .setLessonId(request.getLessonId())
                .setSettings(request.getSettings())
                .build();
        var merged = Updates.merge(message(before), wanted, request.getUpdateMask());
        Refusals.requireText("title", merged.getTitle());
        return before.edited(
                SettingsProtos.id(merged.getLessonId()),
                merged.getTitle(),
                merged.getDescription(),
                handIn(merged.getSettings()),
                now);
    }

    static org.aula.api.assignments.v1.FileAssignment message(FileAssignment assignment) {
        var message = org.aula.api.assignments.v1.FileAssignment.newBuilder()
                .setId(assignment.id().toString())
                .setCourseId(assignment.courseId().toString())
                .setLessonId(SettingsProtos.text(assignment.lessonId()))
                .setTitle(assignment.title())
                .setDescription(assignment.description())
                .setSettings(message(assignment.handIn()))
                .setStatus(FileAssignmentStatus.valueOf(
                        "FILE_ASSIGNMENT_STATUS_" + assignment.status().name()))
                .setPublishedVersion(assignment.publishedVersion())
                .setCreateTime(Times.timestamp(assignment.createdAt()))
                .setUpdateTime(Times.timestamp(assignment.updatedAt()))
                .setEtag(Long.toString(assignment.version()));
        var publishedAt = assignment.publishedAt();
        if (publishedAt != null) {
            message.setPublishTime(Times.timestamp(publishedAt));
        }
        return message.build();
    }

    static FileAssignmentSettings message(HandIn handIn) {
        var message = FileAssignmentSettings.newBuilder()
                .setInstructions(handIn.instructions())
                .setPoints(handIn.points())
                .setPassingPercentage(handIn.passingPercentage().doubleValue())
                .addAllFileExtensions(handIn.fileExtensions())
                .setMaxFileBytes(handIn.maxFileBytes())
                .setMaxFiles(handIn.maxFiles())
                .setMaxSubmissions(handIn.maxSubmissions())
                .setMandatory(handIn.mandatory());
        var openAt = handIn.openAt();
        if (openAt != null) {
            message.setOpenTime(Times.timestamp(openAt));
        }
        var dueAt = handIn.dueAt();
        if (dueAt != null) {
            message.setDueTime(Times.timestamp(dueAt));
        }
        var late = handIn.latePolicy();
        if (late != null) {
            message.setLatePolicy(message(late));
        }
        var rubric = handIn.rubric();
        if (rubric != null) {
            message.setRubric(RubricProtos.message(rubric));
        }
        return message.build();
    }

    private static HandIn handIn(FileAssignmentSettings message) {
        var openAt = message.hasOpenTime() ? SettingsProtos.instant(message.getOpenTime()) : null;
        var dueAt = message.hasDueTime() ? SettingsProtos.instant(message.getDueTime()) : null;
        if (openAt != null && dueAt != null && !dueAt.isAfter(openAt)) {
            throw SettingsProtos.invalid("settings.due_time", "must be after open_time");
        }
        if (dueAt == null && message.hasLatePolicy()) {
            throw SettingsProtos.invalid("settings.late_policy", "needs a due_time");
        }
        return new HandIn(
                SafeHtml.of(message.getInstructions()),
                message.getPoints() == 0 ? HandIn.USUAL_POINTS : message.getPoints(),
                SettingsProtos.hundredths("settings.passing_percentage", message.getPassingPercentage()),
                openAt,
                dueAt,
                message.hasLatePolicy() ? late(message.getLatePolicy()) : null,
                message.getFileExtensionsList(),
                message.getMaxFileBytes() == 0 ? HandIn.USUAL_FILE_BYTES : message.getMaxFileBytes(),
                message.getMaxFiles() == 0 ? HandIn.USUAL_FILES : message.getMaxFiles(),
                message.getMaxSubmissions(),
                message.getMandatory(),
                rubric(message));
    }

    private static @Nullable String rubric(FileAssignmentSettings message) {
        return message.hasRubric() ? RubricProtos.checked(message.getRubric()) : null;
    }

    private static LatePolicy late(org.aula.api.assignments.v1.LatePolicy message) {
        var most = message.getMaxPenaltyPercent() == 0 ? 100 : message.getMaxPenaltyPercent();
        return new LatePolicy(
                SettingsProtos.hundredths(
                        "settings.late_policy.penalty_percent_per_day", message.getPenaltyPercentPerDay()),
                SettingsProtos.hundredths("settings.late_policy.max_penalty_percent", most),
                message.hasCutOff()
                        ? SettingsProtos.wholeSeconds("settings.late_policy.cut_off", message.getCutOff())
                        : null);
    }

    private static org.aula.api.assignments.v1.LatePolicy message(LatePolicy late) {
        var message = org.aula.api.assignments.v1.LatePolicy.newBuilder()
                .setPenaltyPercentPerDay(late.penaltyPercentPerDay().doubleValue())
                .setMaxPenaltyPercent(late.maxPenaltyPercent().doubleValue());
        var cutOff = late.cutOff();
        if (cutOff != null) {
            message.setCutOff(Times.duration(cutOff));
        }
        return message.build();
    }
}
