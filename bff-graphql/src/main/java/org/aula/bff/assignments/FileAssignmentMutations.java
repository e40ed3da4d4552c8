package org.aula.bff.assignments;

import java.util.Map;
import org.aula.api.assignments.v1.CreateFileAssignmentRequest;
import org.aula.api.assignments.v1.DeleteFileAssignmentRequest;
import org.aula.api.assignments.v1.PublishFileAssignmentRequest;
import org.aula.api.assignments.v1.UpdateFileAssignmentRequest;
import org.aula.api.assignments.v1.WithdrawFileAssignmentRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Making, changing and publishing work to hand in.
final class FileAssignmentMutations {

    private FileAssignmentMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createFileAssignment",
                CreateFileAssignmentRequest.getDefaultInstance(),
                input -> CreateFileAssignmentRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setTitle(input.text("title"))
                        .setDescription(input.text("description"))
                        .build(),
                (request, message) -> request.fileAssignments().createFileAssignment(message),
                answer -> Map.of("fileAssignment", answer.getFileAssignment())));
        wiring.mutation(new Mutation<>(
                "updateFileAssignment",
                UpdateFileAssignmentRequest.getDefaultInstance(),
                FileAssignmentMutations::update,
                (request, message) -> request.fileAssignments().updateFileAssignment(message),
                answer -> Map.of("fileAssignment", answer.getFileAssignment())));
        wiring.mutation(new Mutation<>(
                "deleteFileAssignment",
                DeleteFileAssignmentRequest.getDefaultInstance(),
                input -> DeleteFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(input.id("fileAssignmentId", FileAssignmentFields.FILE_ASSIGNMENT))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.fileAssignments().deleteFileAssignment(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "publishFileAssignment",
                PublishFileAssignmentRequest.getDefaultInstance(),
                input -> PublishFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(input.id("fileAssignmentId", FileAssignmentFields.FILE_ASSIGNMENT))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.fileAssignments().publishFileAssignment(message),
                answer -> Map.of("fileAssignment", answer.getFileAssignment())));
        wiring.mutation(new Mutation<>(
                "withdrawFileAssignment",
                WithdrawFileAssignmentRequest.getDefaultInstance(),
                input -> WithdrawFileAssignmentRequest.newBuilder()
                        .setFileAssignmentId(input.id("fileAssignmentId", FileAssignmentFields.FILE_ASSIGNMENT))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.fileAssignments().withdrawFileAssignment(message),
                answer -> Map.of("fileAssignment", answer.getFileAssignment())));
    }

    private static UpdateFileAssignmentRequest update(Input input) {
        var request = UpdateFileAssignmentRequest.newBuilder()
                .setFileAssignmentId(input.id("fileAssignmentId", FileAssignmentFields.FILE_ASSIGNMENT))
                .setEtag(input.text("etag"))
                .setUpdateMask(input.maskWith("settings", "fileAssignmentId", "etag"))
                .setTitle(input.text("title"))
                .setDescription(input.text("description"))
                .setLessonId(input.id("lessonId", "Lesson"));
        var settings = input.child("settings");
        if (settings != null) {
            request.setSettings(FileAssignmentInputs.settings(settings));
        }
        return request.build();
    }
}
