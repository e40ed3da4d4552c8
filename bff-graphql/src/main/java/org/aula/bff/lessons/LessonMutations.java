package org.aula.bff.lessons;

import java.util.Map;
import org.aula.api.courses.v1.CreateLessonRequest;
import org.aula.api.courses.v1.LessonType;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Writing lessons.
final class LessonMutations {

    private LessonMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createLesson",
                CreateLessonRequest.getDefaultInstance(),
                LessonMutations::create,
                (request, message) -> request.lessons().createLesson(message),
                answer -> Map.of("lesson", answer.getLesson())));
        wiring.mutation(new Mutation<>(
                "updateLessonContent",
                UpdateLessonContentRequest.getDefaultInstance(),
                input -> UpdateLessonContentRequest.newBuilder()
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setEtag(input.text("etag"))
                        .addAllPages(input.children("pages").stream()
                                .map(BlockInputs::page)
                                .toList())
                        .build(),
                (request, message) -> request.lessons().updateLessonContent(message),
                answer -> Map.of("content", answer.getContent())));
    }

    private static CreateLessonRequest create(Input input) {
        var request = CreateLessonRequest.newBuilder()
                .setRequestId(input.requestId())
                .setSectionId(input.id("sectionId", "Section"))
                .setTitle(input.text("title"))
                .setType(input.choice("type", LessonType.class))
                .setPreview(input.flag("preview"))
                .setOptional(input.flag("optional"));
        var duration = input.span("duration");
        if (duration != null) {
            request.setDuration(duration);
        }
        return request.build();
    }
}
