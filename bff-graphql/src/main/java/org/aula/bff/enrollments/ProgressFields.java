package org.aula.bff.enrollments;

import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.aula.api.enrollments.v1.CompleteLessonStepRequest;
import org.aula.api.enrollments.v1.GetLessonProgressRequest;
import org.aula.api.enrollments.v1.GetLessonProgressResponse;
import org.aula.api.enrollments.v1.GetLessonStepsRequest;
import org.aula.api.enrollments.v1.GetLessonStepsResponse;
import org.aula.api.enrollments.v1.LessonNote;
import org.aula.api.enrollments.v1.LessonStanding;
import org.aula.api.enrollments.v1.LessonStep;
import org.aula.api.enrollments.v1.ListLessonNotesRequest;
import org.aula.api.enrollments.v1.RestartLessonRequest;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.PageAsked;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// What is known of a learner in one lesson: attempts, steps, notes.
public final class ProgressFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Enrollment", EnrollmentView.class)
                .fetch("lessonStanding", ProgressFields::standing)
                .fetch("lessonNotes", ProgressFields::notes)
                .fetch("lessonSteps", ProgressFields::steps);
        wiring.type("LessonStanding", LessonStanding.class)
                .value("progress", LessonStanding::getProgress)
                .value("attemptCount", LessonStanding::getAttemptCount)
                .value("lastAttemptTime", standing -> Values.time(standing.getLastAttemptTime()));
        wiring.type("LessonNote", LessonNote.class)
                .value("id", note -> GlobalId.of("LessonNote", note.getId()))
                .value("lessonId", note -> GlobalId.of("Lesson", note.getLessonId()))
                .value("position", note -> Values.span(note.getPosition()))
                .value("text", LessonNote::getText)
                .value("createTime", note -> Values.time(note.getCreateTime()))
                .value("updateTime", note -> Values.time(note.getUpdateTime()))
                .value("etag", LessonNote::getEtag);
        wiring.type("LessonStep", LessonStep.class)
                .value("name", LessonStep::getName)
                .value("completeTime", step -> Values.time(step.getCompleteTime()));
        addMutations(wiring);
        NoteMutations.addTo(wiring);
    }

    private static CompletableFuture<LessonStanding> standing(
            EnrollmentView view, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.progress()
                        .getLessonProgress(GetLessonProgressRequest.newBuilder()
                                .setEnrollmentId(view.enrollment().getId())
                                .setLessonId(Wiring.id(environment, "lessonId", "Lesson"))
                                .build()))
                .thenApply(GetLessonProgressResponse::getStanding);
    }

    private static CompletableFuture<?> steps(EnrollmentView view, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        return request.answer(request.progress()
                        .getLessonSteps(GetLessonStepsRequest.newBuilder()
                                .setEnrollmentId(view.enrollment().getId())
                                .setLessonId(Wiring.id(environment, "lessonId", "Lesson"))
                                .build()))
                .thenApply(GetLessonStepsResponse::getStepsList);
    }

    private static CompletableFuture<Map<String, Object>> notes(
            EnrollmentView view, DataFetchingEnvironment environment) {
        var request = Wiring.request(environment);
        var page = PageAsked.of(environment);
        var list = ListLessonNotesRequest.newBuilder()
                .setEnrollmentId(view.enrollment().getId())
                .setLessonId(Wiring.id(environment, "lessonId", "Lesson"))
                .setPageSize(page.first())
                .setPageToken(page.token())
                .setWithItemTokens(true)
                .build();
        return request.answer(request.progress().listLessonNotes(list))
                .thenApply(found ->
                        page.connection(found.getNotesList(), found.getItemTokensList(), found.getNextPageToken()));
    }

    private static void addMutations(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "restartLesson",
                RestartLessonRequest.getDefaultInstance(),
                input -> RestartLessonRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .build(),
                (request, message) -> request.progress().restartLesson(message),
                answer -> Map.of("standing", answer.getStanding())));
        wiring.mutation(new Mutation<>(
                "completeLessonStep",
                CompleteLessonStepRequest.getDefaultInstance(),
                input -> CompleteLessonStepRequest.newBuilder()
                        .setEnrollmentId(input.id("enrollmentId", "Enrollment"))
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setStep(input.text("step"))
                        .build(),
                (request, message) -> request.progress().completeLessonStep(message),
                answer -> Map.of("steps", answer.getStepsList())));
    }
}
