package org.aula.assignments.file;

import org.aula.api.assignments.v1.FileAssignmentPublished;
import org.aula.assignments.course.SettingsMapper;

/// Events that tell of file assignments.
final class FileAssignmentEvents {

    private FileAssignmentEvents() {}

    static FileAssignmentPublished published(FileVersionRow version) {
        return FileAssignmentPublished.newBuilder()
                .setFileAssignmentId(version.fileAssignmentId().toString())
                .setCourseId(version.courseId().toString())
                .setLessonId(SettingsMapper.text(version.lessonId()))
                .setVersion(version.number())
                .setPoints(version.points())
                .setMandatory(version.mandatory())
                .build();
    }
}
