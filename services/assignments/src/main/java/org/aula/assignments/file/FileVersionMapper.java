package org.aula.assignments.file;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.UUID;
import org.aula.api.assignments.v1.FileAssignmentPublished;
import org.aula.api.assignments.v1.FileAssignmentVersion;
import org.aula.api.assignments.v1.LearnerFileAssignment;
import org.aula.assignments.course.SettingsMapper;
import org.aula.kernel.time.Times;

/// The version that an assignment gets, to and from its document.
///
/// @param assignment as it is when the version is published
record FileVersionMapper(FileAssignment assignment, FileAssignmentVersion version, Instant now) {

    static FileVersionMapper next(FileAssignment before, UUID publisher, Instant now) {
        var assignment = before.published(now);
        var version = FileAssignmentVersion.newBuilder()
                .setFileAssignmentId(assignment.id().toString())
                .setVersion(assignment.publishedVersion())
                .setCourseId(assignment.courseId().toString())
                .setLessonId(SettingsMapper.text(assignment.lessonId()))
                .setTitle(assignment.title())
                .setDescription(assignment.description())
                .setSettings(FileAssignmentMapper.toProto(assignment.settings()))
                .setPublishTime(Times.timestamp(now))
                .setPublisherId(publisher.toString())
                .build();
        return new FileVersionMapper(assignment, version, now);
    }

    static FileAssignmentVersion version(byte[] document) {
        try {
            return FileAssignmentVersion.parseFrom(document);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a version that is kept cannot be read", broken);
        }
    }

    static LearnerFileAssignment learners(byte[] document) {
        var version = version(document);
        return LearnerFileAssignment.newBuilder()
                .setId(version.getFileAssignmentId())
                .setVersion(version.getVersion())
                .setCourseId(version.getCourseId())
                .setLessonId(version.getLessonId())
                .setTitle(version.getTitle())
                .setDescription(version.getDescription())
                .setSettings(version.getSettings())
                .build();
    }

    /// Whether learners would get the same.
    boolean isSameAs(byte[] document) {
        return content(version).equals(content(version(document)));
    }

    FileVersionRow row() {
        return new FileVersionRow(
                assignment.id(),
                version.getVersion(),
                assignment.courseId(),
                assignment.lessonId(),
                assignment.title(),
                assignment.settings().points(),
                assignment.settings().mandatory(),
                version.toByteArray(),
                now);
    }

    FileAssignmentPublished event() {
        return FileAssignmentPublished.newBuilder()
                .setFileAssignmentId(version.getFileAssignmentId())
                .setCourseId(version.getCourseId())
                .setLessonId(version.getLessonId())
                .setVersion(version.getVersion())
                .setPoints(version.getSettings().getPoints())
                .setMandatory(version.getSettings().getMandatory())
                .build();
    }

    private static FileAssignmentVersion content(FileAssignmentVersion version) {
        return version.toBuilder()
                .clearVersion()
                .clearPublishTime()
                .clearPublisherId()
                .build();
    }
}
