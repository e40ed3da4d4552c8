package org.aula.bff.lessons;

import java.util.Map;
import org.aula.api.courses.v1.DeleteLessonRequest;
import org.aula.api.courses.v1.LessonType;
import org.aula.api.courses.v1.ReorderLessonsRequest;
import org.aula.api.courses.v1.SectionLessons;
import org.aula.api.courses.v1.SetLessonPrerequisitesRequest;
import org.aula.api.courses.v1.UpdateLessonRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Changing lessons, their order and what comes before them.
final class LessonOutlineMutations {

    private LessonOutlineMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "updateLesson",
                UpdateLessonRequest.getDefaultInstance(),
                LessonOutlineMutations::update,
                (request, message) -> request.lessons().updateLesson(message),
                answer -> Map.of("lesson", answer.getLesson())));
        wiring.mutation(new Mutation<>(
                "deleteLesson",
                DeleteLessonRequest.getDefaultInstance(),
                input -> DeleteLessonRequest.newBuilder()
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.lessons().deleteLesson(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "reorderLessons",
                ReorderLessonsRequest.getDefaultInstance(),
                input -> ReorderLessonsRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .addAllSections(input.children("sections").stream()
                                .map(LessonOutlineMutations::section)
                                .toList())
                        .build(),
                (request, message) -> request.lessons().reorderLessons(message),
                answer -> Map.of("lessons", answer.getLessonsList())));
        wiring.mutation(new Mutation<>(
                "setLessonPrerequisites",
                SetLessonPrerequisitesRequest.getDefaultInstance(),
                input -> SetLessonPrerequisitesRequest.newBuilder()
                        .setLessonId(input.id("lessonId", "Lesson"))
                        .addAllPrerequisiteLessonIds(input.ids("prerequisiteLessonIds", "Lesson"))
                        .build(),
                (request, message) -> request.lessons().setLessonPrerequisites(message),
                answer -> Map.of("lesson", answer.getLesson())));
    }

    private static SectionLessons section(Input input) {
        return SectionLessons.newBuilder()
                .setSectionId(input.id("sectionId", "Section"))
                .addAllLessonIds(input.ids("lessonIds", "Lesson"))
                .build();
    }

    private static UpdateLessonRequest update(Input input) {
        var request = UpdateLessonRequest.newBuilder()
                .setLessonId(input.id("lessonId", "Lesson"))
                .setEtag(input.text("etag"))
                .setUpdateMask(input.mask("lessonId", "etag"))
                .setTitle(input.text("title"))
                .setType(input.choice("type", LessonType.class))
                .setPreview(input.flag("preview"))
                .setMandatory(input.flag("mandatory"))
                .setExternalUrl(input.text("externalUrl"));
        var duration = input.span("duration");
        if (duration != null) {
            request.setDuration(duration);
        }
        var liveTime = input.time("liveTime");
        if (liveTime != null) {
            request.setLiveTime(liveTime);
        }
        var releaseTime = input.time("releaseTime");
        if (releaseTime != null) {
            request.setReleaseTime(releaseTime);
        }
        return request.build();
    }
}
