package org.aula.courses.course;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an author says about a course.
///
/// @param fullDescription sanitised HTML
/// @param thumbnailAssetId content asset of the picture
/// @param trailerVideoUrl empty for none
/// @param languageCode BCP 47
/// @param requirements what a learner should know before
/// @param learningObjectives what a learner will know after
/// @param targetAudience whom it is for
public record CourseDetails(
        String title,
        String shortDescription,
        String fullDescription,
        @Nullable UUID categoryId,
        CourseLevel level,
        String languageCode,
        Price price,
        int estimatedDurationHours,
        List<String> requirements,
        List<String> learningObjectives,
        List<String> targetAudience,
        @Nullable UUID thumbnailAssetId,
        String trailerVideoUrl) {

    public CourseDetails {
        requirements = List.copyOf(requirements);
        learningObjectives = List.copyOf(learningObjectives);
        targetAudience = List.copyOf(targetAudience);
    }
}
