package org.aula.bff.courses;

import java.util.Map;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.DeleteSectionRequest;
import org.aula.api.courses.v1.DuplicateCourseRequest;
import org.aula.api.courses.v1.ExportCourseRequest;
import org.aula.api.courses.v1.ImportCourseRequest;
import org.aula.api.courses.v1.ReorderSectionsRequest;
import org.aula.api.courses.v1.UpdateSectionRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// What lies around a course: its sections, whole archives and copies.
final class OutlineMutations {

    private OutlineMutations() {}

    static void addTo(Wiring wiring) {
        addSections(wiring);
        addWholes(wiring);
    }

    private static void addSections(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createSection",
                CreateSectionRequest.getDefaultInstance(),
                input -> CreateSectionRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .setTitle(input.text("title"))
                        .setDescription(input.text("description"))
                        .build(),
                (request, message) -> request.sections().createSection(message),
                answer -> Map.of("section", answer.getSection())));
        wiring.mutation(new Mutation<>(
                "updateSection",
                UpdateSectionRequest.getDefaultInstance(),
                input -> UpdateSectionRequest.newBuilder()
                        .setSectionId(input.id("sectionId", "Section"))
                        .setEtag(input.text("etag"))
                        .setUpdateMask(input.mask("sectionId", "etag"))
                        .setTitle(input.text("title"))
                        .setDescription(input.text("description"))
                        .build(),
                (request, message) -> request.sections().updateSection(message),
                answer -> Map.of("section", answer.getSection())));
        wiring.mutation(new Mutation<>(
                "deleteSection",
                DeleteSectionRequest.getDefaultInstance(),
                input -> DeleteSectionRequest.newBuilder()
                        .setSectionId(input.id("sectionId", "Section"))
                        .setEtag(input.text("etag"))
                        .build(),
                (request, message) -> request.sections().deleteSection(message),
                answer -> Map.of()));
        wiring.mutation(new Mutation<>(
                "reorderSections",
                ReorderSectionsRequest.getDefaultInstance(),
                input -> ReorderSectionsRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .addAllSectionIds(input.ids("sectionIds", "Section"))
                        .build(),
                (request, message) -> request.sections().reorderSections(message),
                answer -> Map.of("sections", answer.getSectionsList())));
    }

    private static void addWholes(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "importCourse",
                ImportCourseRequest.getDefaultInstance(),
                input -> ImportCourseRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setAssetId(input.id("assetId", "Asset"))
                        .build(),
                (request, message) -> request.courses().importCourse(message),
                answer -> Map.of("operation", answer.getOperation())));
        wiring.mutation(new Mutation<>(
                "duplicateCourse",
                DuplicateCourseRequest.getDefaultInstance(),
                input -> DuplicateCourseRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .setTitle(input.text("title"))
                        .build(),
                (request, message) -> request.courses().duplicateCourse(message),
                answer -> Map.of("operation", answer.getOperation())));
        wiring.mutation(new Mutation<>(
                "exportCourse",
                ExportCourseRequest.getDefaultInstance(),
                input -> ExportCourseRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .build(),
                (request, message) -> request.courses().exportCourse(message),
                answer -> Map.of("operation", answer.getOperation())));
    }
}
