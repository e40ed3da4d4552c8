package org.aula.assignments.file;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateFileAssignmentRequest;
import org.aula.api.assignments.v1.FileAssignmentStatus;
import org.aula.api.assignments.v1.UpdateFileAssignmentRequest;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.course.SettingsMapper;
import org.aula.assignments.html.SafeHtml;
import org.aula.kernel.change.Updates;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// File assignments to and from messages. HTML is made safe on its way in.
final class FileAssignmentMapper {

    private FileAssignmentMapper() {}

    static FileAssignment create(CreateFileAssignmentRequest request, Instant now) {
        Refusals.requireText("title", request.getTitle());
        return FileAssignment.created(
                UuidCreator.getTimeOrderedEpoch(),
                UUID.fromString(request.getCourseId()),
                SettingsMapper.id(request.getLessonId()),
                request.getTitle(),
                request.getDescription(),
                now);
    }

    /// An assignment after what the mask names was changed.
    ///
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED,
    ///     FAILED_PRECONDITION with TOO_LARGE
    static FileAssignment update(FileAssignment before, UpdateFileAssignmentRequest request, Instant now) {
        var wanted = org.aula.api.assignments.v1.FileAssignment.newBuilder()
                .setTitle(request.getTitle())
                .setDescription(request.getDescription())
                .setLessonId(request.getLessonId())
                .setSettings(request.getSettings())
                .build();
        var merged = Updates.merge(toProto(before), wanted, request.getUpdateMask());
        Refusals.requireText("title", merged.getTitle());
        return before.edited(
                SettingsMapper.id(merged.getLessonId()),
                merged.getTitle(),
                merged.getDescription(),
                settings(merged.getSettings()),
                now);
    }

    static org.aula.api.assignments.v1.FileAssignment toProto(FileAssignment assignment) {
        var message = org.aula.api.assignments.v1.FileAssignment.newBuilder()
                .setId(assignment.id().toString())
                .setCourseId(assignment.courseId().toString())
                .setLessonId(SettingsMapper.text(assignment.lessonId()))
                .setTitle(assignment.title())
                .setDescription(assignment.description())
                .setSettings(toProto(assignment.settings()))
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

    static org.aula.api.assignments.v1.FileAssignmentSettings toProto(FileAssignmentSettings settings) {
        var message = org.aula.api.assignments.v1.FileAssignmentSettings.newBuilder()
                .setInstructions(settings.instructions())
                .setPoints(settings.points())
                .setPassingPercentage(settings.passingPercentage().doubleValue())
                .addAllFileExtensions(settings.fileExtensions())
                .setMaxFileBytes(settings.maxFileBytes())
                .setMaxFiles(settings.maxFiles())
                .setMaxSubmissions(settings.maxSubmissions())
                .setMandatory(settings.mandatory());
        var openAt = settings.openAt();
        if (openAt != null) {
            message.setOpenTime(Times.timestamp(openAt));
        }
        var dueAt = settings.dueAt();
        if (dueAt != null) {
            message.setDueTime(Times.timestamp(dueAt));
        }
        var late = settings.latePolicy();
        if (late != null) {
            message.setLatePolicy(toProto(late));
        }
        var rubric = settings.rubric();
        if (rubric != null) {
            message.setRubric(RubricMapper.fromJson(rubric));
        }
        return message.build();
    }

    private static FileAssignmentSettings settings(org.aula.api.assignments.v1.FileAssignmentSettings message) {
        var openAt = message.hasOpenTime() ? SettingsMapper.instant(message.getOpenTime()) : null;
        var dueAt = message.hasDueTime() ? SettingsMapper.instant(message.getDueTime()) : null;
        if (openAt != null && dueAt != null && !dueAt.isAfter(openAt)) {
            throw SettingsMapper.invalid("settings.due_time", "must be after open_time");
        }
        if (dueAt == null && message.hasLatePolicy()) {
            throw SettingsMapper.invalid("settings.late_policy", "needs a due_time");
        }
        return new FileAssignmentSettings(
                SafeHtml.of(message.getInstructions()),
                message.getPoints() == 0 ? FileAssignmentSettings.USUAL_POINTS : message.getPoints(),
                SettingsMapper.hundredths("settings.passing_percentage", message.getPassingPercentage()),
                openAt,
                dueAt,
                message.hasLatePolicy() ? late(message.getLatePolicy()) : null,
                message.getFileExtensionsList(),
                message.getMaxFileBytes() == 0 ? FileAssignmentSettings.USUAL_FILE_BYTES : message.getMaxFileBytes(),
                message.getMaxFiles() == 0 ? FileAssignmentSettings.USUAL_FILES : message.getMaxFiles(),
                message.getMaxSubmissions(),
                message.getMandatory(),
                rubric(message));
    }

    private static @Nullable String rubric(org.aula.api.assignments.v1.FileAssignmentSettings message) {
        return message.hasRubric() ? RubricMapper.toJson(message.getRubric()) : null;
    }

    private static LatePolicy late(org.aula.api.assignments.v1.LatePolicy message) {
        var most = message.getMaxPenaltyPercent() == 0 ? 100 : message.getMaxPenaltyPercent();
        return new LatePolicy(
                SettingsMapper.hundredths(
                        "settings.late_policy.penalty_percent_per_day", message.getPenaltyPercentPerDay()),
                SettingsMapper.hundredths("settings.late_policy.max_penalty_percent", most),
                message.hasCutOff()
                        ? SettingsMapper.wholeSeconds("settings.late_policy.cut_off", message.getCutOff())
                        : null);
    }

    private static org.aula.api.assignments.v1.LatePolicy toProto(LatePolicy late) {
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
