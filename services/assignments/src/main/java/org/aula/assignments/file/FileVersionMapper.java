package org.aula.assignments.file;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.UUID;
import org.aula.api.assignments.v1.FileAssignmentVersion;
import org.aula.api.assignments.v1.LearnerFileAssignment;
import org.aula.assignments.course.SettingsMapper;
import org.aula.kernel.time.Times;

/// Published versions to and from messages and documents.
final class FileVersionMapper {

    private FileVersionMapper() {}

    /// A version of an assignment as it stands.
    ///
    /// @param assignment with the number of the version as that of its last one
    static FileVersionRow row(FileAssignment assignment, UUID publisher, Instant now) {
        return new FileVersionRow(
                assignment.id(),
                assignment.publishedVersion(),
                assignment.courseId(),
                assignment.lessonId(),
                assignment.title(),
                assignment.settings().points(),
                assignment.settings().mandatory(),
                version(assignment, publisher, now).toByteArray(),
                now);
    }

    private static FileAssignmentVersion version(FileAssignment assignment, UUID publisher, Instant now) {
        return FileAssignmentVersion.newBuilder()
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
    }

    static FileAssignmentVersion version(byte[] document) {
        try {
            return FileAssignmentVersion.parseFrom(document);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a version that is kept cannot be read", broken);
        }
    }

    static LearnerFileAssignment learners(FileAssignmentReader.Shown shown) {
        var version = version(shown.document());
        var settings = version.getSettings().toBuilder();
        if (!shown.isOpen()) {
            settings.clearInstructions().clearRubric();
        }
        return LearnerFileAssignment.newBuilder()
                .setId(version.getFileAssignmentId())
                .setVersion(version.getVersion())
                .setCourseId(version.getCourseId())
                .setLessonId(version.getLessonId())
                .setTitle(version.getTitle())
                .setDescription(version.getDescription())
                .setSettings(settings)
                .build();
    }

    /// Whether learners would get the same of both documents.
    static boolean isSame(byte[] one, byte[] other) {
        return content(version(one)).equals(content(version(other)));
    }

    private static FileAssignmentVersion content(FileAssignmentVersion version) {
        return version.toBuilder()
                .clearVersion()
                .clearPublishTime()
                .clearPublisherId()
                .build();
    }
}
