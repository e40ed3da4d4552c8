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
/// @param originalPriceMinor price before a reduction, in the currency of the price; null for none
/// @param maxStudents most learners at a time; 0 for no limit
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
        String trailerVideoUrl,
        @Nullable Long originalPriceMinor,
        int maxStudents) {

    /// Without an earlier price and for as many as come.
    public CourseDetails(
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
        this(
                title,
                shortDescription,
                fullDescription,
                categoryId,
                level,
                languageCode,
                price,
                estimatedDurationHours,
                requirements,
                learningObjectives,
                targetAudience,
                thumbnailAssetId,
                trailerVideoUrl,
                null,
                0);
    }

    public CourseDetails {
        requirements = List.copyOf(requirements);
        learningObjectives = List.copyOf(learningObjectives);
        targetAudience = List.copyOf(targetAudience);
    }

    /// The same under another title, with another description, category and picture.
    public CourseDetails described(
            String newTitle,
            String newFullDescription,
            @Nullable UUID newCategoryId,
            @Nullable UUID newThumbnailAssetId) {
        return new CourseDetails(
                newTitle,
                shortDescription,
                newFullDescription,
                newCategoryId,
                level,
                languageCode,
                price,
                estimatedDurationHours,
                requirements,
                learningObjectives,
                targetAudience,
                newThumbnailAssetId,
                trailerVideoUrl,
                originalPriceMinor,
                maxStudents);
    }
}
