package org.aula.bff.enrollments;

import java.util.Map;
import org.aula.api.enrollments.v1.CreateLessonNoteRequest;
import org.aula.api.enrollments.v1.DeleteLessonNoteRequest;
import org.aula.api.enrollments.v1.UpdateLessonNoteRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// A learner's notes.
final class NoteMutations {

    private NoteMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createLessonNote",
                CreateLessonNoteRequest.getDefaultInstance(),
                NoteMutations::create,
                (request, message) -> request.progress().createLessonNote(message),
                answer -> Map.of("note", answer.getNote())));
        wiring.mutation(new Mutation<>(
                "updateLessonNote",
                UpdateLessonNoteRequest.getDefaultInstance(),
                NoteMutations::update,
                (request, message) -> request.progress().updateLessonNote(message),
                answer -> Map.of("note", answer.getNote())));
        wiring.mutation(new Mutation<>(
                "deleteLessonNote",
                DeleteLessonNoteRequest.getDefaultInstance(),
                input -> DeleteLessonNoteRequest.newBuilder()
                        .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setNoteId(input.id("noteId", "LessonNote"))
                        .build(),
                (request, message) -> request.progress().deleteLessonNote(message),
                answer -> Map.of()));
    }

    private static CreateLessonNoteRequest create(Input input) {
        var request = CreateLessonNoteRequest.newBuilder()
                .setRequestId(input.requestId())
                .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                .setLessonId(input.id("lessonId", "Lesson"))
                .setText(input.text("text"));
        var position = input.span("position");
        if (position != null) {
            request.setPosition(position);
        }
        return request.build();
    }

    private static UpdateLessonNoteRequest update(Input input) {
        var request = UpdateLessonNoteRequest.newBuilder()
                .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                .setLessonId(input.id("lessonId", "Lesson"))
                .setNoteId(input.id("noteId", "LessonNote"))
                .setEtag(input.text("etag"))
                .setUpdateMask(input.mask("enrollmentId", "lessonId", "noteId", "etag"))
                .setText(input.text("text"));
        var position = input.span("position");
        if (position != null) {
            request.setPosition(position);
        }
        return request.build();
    }
}
