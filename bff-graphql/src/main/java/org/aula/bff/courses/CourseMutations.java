package org.aula.bff.courses;

import java.util.Map;
import org.aula.api.common.v1.Money;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.SetCoursePrerequisitesRequest;
import org.aula.api.courses.v1.SetCourseTagsRequest;
import org.aula.api.courses.v1.UpdateCourseRequest;
import org.aula.bff.engine.Input;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Wiring;

/// Writing courses.
final class CourseMutations {

    private CourseMutations() {}

    static void addTo(Wiring wiring) {
        wiring.mutation(new Mutation<>(
                "createCourse",
                CreateCourseRequest.getDefaultInstance(),
                CourseMutations::create,
                (request, message) -> request.courses().createCourse(message),
                answer -> Map.of("course", answer.getCourse())));
        wiring.mutation(new Mutation<>(
                "updateCourse",
                UpdateCourseRequest.getDefaultInstance(),
                CourseMutations::update,
                (request, message) -> request.courses().updateCourse(message),
                answer -> Map.of("course", answer.getCourse())));
        wiring.mutation(new Mutation<>(
                "setCourseTags",
                SetCourseTagsRequest.getDefaultInstance(),
                input -> SetCourseTagsRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .addAllTagIds(input.ids("tagIds", "Tag"))
                        .build(),
                (request, message) -> request.courses().setCourseTags(message),
                answer -> Map.of("course", answer.getCourse())));
        wiring.mutation(new Mutation<>(
                "setCoursePrerequisites",
                SetCoursePrerequisitesRequest.getDefaultInstance(),
                input -> SetCoursePrerequisitesRequest.newBuilder()
                        .setCourseId(input.id("courseId", "Course"))
                        .addAllPrerequisiteCourseIds(input.ids("prerequisiteCourseIds", "Course"))
                        .build(),
                (request, message) -> request.courses().setCoursePrerequisites(message),
                answer -> Map.of("course", answer.getCourse())));
    }

    private static CreateCourseRequest create(Input input) {
        var request = CreateCourseRequest.newBuilder()
                .setRequestId(input.requestId())
                .setTitle(input.text("title"))
                .setShortDescription(input.text("shortDescription"))
                .setFullDescription(input.text("fullDescription"))
                .setCategoryId(input.id("categoryId", "Category"))
                .setLevel(input.choice("level", CourseLevel.class))
                .setLanguageCode(input.text("languageCode"))
                .setEstimatedDurationHours(input.number("estimatedDurationHours"))
                .addAllRequirements(input.texts("requirements"))
                .addAllLearningObjectives(input.texts("learningObjectives"))
                .addAllTargetAudience(input.texts("targetAudience"));
        var price = input.child("price");
        if (price != null) {
            request.setPrice(money(price));
        }
        return request.build();
    }

    private static UpdateCourseRequest update(Input input) {
        var changes = CourseChanges.newBuilder()
                .setTitle(input.text("title"))
                .setShortDescription(input.text("shortDescription"))
                .setFullDescription(input.text("fullDescription"))
                .setCategoryId(input.id("categoryId", "Category"))
                .setLevel(input.choice("level", CourseLevel.class))
                .setLanguageCode(input.text("languageCode"))
                .setEstimatedDurationHours(input.number("estimatedDurationHours"))
                .addAllRequirements(input.texts("requirements"))
                .addAllLearningObjectives(input.texts("learningObjectives"))
                .addAllTargetAudience(input.texts("targetAudience"))
                .setThumbnailAssetId(input.id("thumbnailAssetId", "Asset"))
                .setTrailerVideoUrl(input.text("trailerVideoUrl"))
                .setMaxStudents(input.number("maxStudents"));
        var originalPrice = input.child("originalPrice");
        if (originalPrice != null) {
            changes.setOriginalPrice(money(originalPrice));
        }
        var price = input.child("price");
        if (price != null) {
            changes.setPrice(money(price));
        }
        return UpdateCourseRequest.newBuilder()
                .setCourseId(input.id("courseId", "Course"))
                .setEtag(input.text("etag"))
                .setUpdateMask(input.mask("courseId", "etag"))
                .setCourse(changes)
                .build();
    }

    private static Money money(Input input) {
        return Money.newBuilder()
                .setAmountMinor(input.longNumber("amountMinor"))
                .setCurrencyCode(input.text("currencyCode"))
                .build();
    }
}
