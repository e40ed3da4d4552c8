package org.aula.courses.course;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an author says about a course.
///
/// @param fullDescription sanitised HTML
/// @param languageCode BCP 47
/// @param requirements what a learner should know before
/// @param learningObjectives what a learner will know after
/// @param targetAudience whom it is for
/// @param thumbnailAssetId content asset of the picture
/// @param trailerVideoUrl empty for none
/// @param originalPriceMinor price before a reduction, in the currency of the price; null for none
/// @param maxStudents most learners at a time; 0 for no limit
@RecordBuilder
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
        String trailerVideoUrl,
        @Nullable Long originalPriceMinor,
        int maxStudents) {

    public CourseDetails {
        requirements = List.copyOf(requirements);
        learningObjectives = List.copyOf(learningObjectives);
        targetAudience = List.copyOf(targetAudience);
    }

    /// Begins with a course of which only the title is known: free, in English, for beginners.
    public static CourseDetailsBuilder titled(String title) {
        return CourseDetailsBuilder.builder()
                .title(title)
                .shortDescription("")
                .fullDescription("")
                .level(CourseLevel.BEGINNER)
                .languageCode("en")
                .price(Price.FREE)
                .requirements(List.of())
                .learningObjectives(List.of())
                .targetAudience(List.of())
                .trailerVideoUrl("");
    }
}
