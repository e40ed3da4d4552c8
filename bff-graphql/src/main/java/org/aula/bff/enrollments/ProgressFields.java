package org.aula.bff.enrollments;

import graphql.schema.DataFetchingEnvironment;
import java.util.concurrent.CompletableFuture;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.enrollments.v1.DeleteLessonNoteRequest;
import org.aula.api.enrollments.v1.GetLessonProgressRequest;
import org.aula.api.enrollments.v1.LessonNote;
import org.aula.api.enrollments.v1.LessonProgress;
import org.aula.api.enrollments.v1.LessonStanding;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.RestartLessonRequest;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Wiring;
import org.aula.bff.lessons.LessonFields;
import org.jspecify.annotations.Nullable;

/// What is known of a learner in one lesson: attempts, steps, notes.
public final class ProgressFields implements Wiring.Part {

    private static final String ID = "enrollment_id";
    private static final String LESSON_ID = "lesson_id";
    private static final String NOTE = "LessonNote";

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Enrollment", EnrollmentView.class)
                .call("lessonStanding", ProgressServiceGrpc.getGetLessonProgressMethod(), ID, EnrollmentView::id)
                .page("lessonNotes", ProgressServiceGrpc.getListLessonNotesMethod(), ID, EnrollmentView::id)
                .call("lessonSteps", ProgressServiceGrpc.getGetLessonStepsMethod(), ID, EnrollmentView::id);
        wiring.type("LessonStanding", LessonStanding.class)
                .id(
                        standing -> standing.getProgress().getEnrollmentId(),
                        standing -> standing.getProgress().getLessonId());
        wiring.node("LessonStanding", ProgressServiceGrpc.getGetLessonProgressMethod(), ID, LESSON_ID);
        wiring.node("LessonProgress", ProgressFields::progress);
        wiring.type("Lesson", Lesson.class)
                .fetch(
                        "myProgress",
                        (lesson, environment) ->
                                EnrollmentFields.mine(lesson.getCourseId(), lesson.getId(), environment));
        wiring.type(NOTE, LessonNote.class).id(LessonNote::getEnrollmentId, LessonNote::getLessonId, LessonNote::getId);
        wiring.node(NOTE, ProgressServiceGrpc.getGetLessonNoteMethod(), ID, LESSON_ID, "note_id");
        wiring.mutation("deleteLessonNote", ProgressServiceGrpc.getDeleteLessonNoteMethod())
                .payload("deletedId", (request, response) -> id(request));
        wiring.ofPayload(
                "RestartLessonPayload",
                "lesson",
                RestartLessonRequest.class,
                (request, environment) -> LessonFields.lesson(request.getLessonId(), environment));
        wiring.ofPayload(
                "RestartLessonPayload",
                "enrollment",
                RestartLessonRequest.class,
                (request, environment) -> EnrollmentFields.enrollment(request.getEnrollmentId(), environment));
    }

    private static String id(DeleteLessonNoteRequest request) {
        return GlobalId.of(NOTE, request.getEnrollmentId(), request.getLessonId(), request.getNoteId());
    }

    private static CompletableFuture<@Nullable LessonProgress> progress(
            GlobalId id, DataFetchingEnvironment environment) {
        var parts = id.parts(2);
        return Wiring.orNull(Wiring.request(environment)
                .call(
                        ProgressServiceGrpc.getGetLessonProgressMethod(),
                        GetLessonProgressRequest.newBuilder()
                                .setEnrollmentId(parts.getFirst())
                                .setLessonId(parts.getLast())
                                .build())
                .thenApply(answer -> answer.getStanding().getProgress()));
    }
}
