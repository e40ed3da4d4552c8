package org.aula.bff.courses;

import java.util.Map;
import org.aula.api.courses.v1.CreateCategoryRequest;
import org.aula.api.courses.v1.CreateSectionRequest;
import org.aula.api.courses.v1.ImportCourseRequest;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// What lies around a course: its sections, the categories, and whole archives.
final class OutlineMutations {

    private OutlineMutations() {}

    static void addTo(Wiring wiring) {
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
                "createCategory",
                CreateCategoryRequest.getDefaultInstance(),
                input -> CreateCategoryRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setName(input.text("name"))
                        .setDescription(input.text("description"))
                        .setParentId(input.id("parentId", "Category"))
                        .setSortOrder(input.number("sortOrder"))
                        .build(),
                (request, message) -> request.categories().createCategory(message),
                answer -> Map.of("category", answer.getCategory())));
        wiring.mutation(new Mutation<>(
                "importCourse",
                ImportCourseRequest.getDefaultInstance(),
                input -> ImportCourseRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setAssetId(input.id("assetId", "Asset"))
                        .build(),
                (request, message) -> request.courses().importCourse(message),
                answer -> Map.of("operation", answer.getOperation())));
    }
}
