package org.aula.courses.course;

import com.google.protobuf.FieldMask;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.common.v1.Money;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.courses.html.HtmlPolicy;
import org.aula.courses.tag.TagMapper;
import org.aula.kernel.change.Updates;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Courses to and from messages.
public final class CourseMapper {

    private static final String DEFAULT_LANGUAGE = "en";

    private CourseMapper() {}

    /// What is said of a new course: the request's fields are those of the same names of a change.
    static CourseDetails details(CreateCourseRequest request) {
        return read(sanitized(Updates.copy(request, CourseChanges.newBuilder()).build()));
    }

    /// All that is said of a new course.
    ///
    /// @throws ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    public static CourseDetails details(CourseChanges all) {
        var details = read(sanitized(all));
        requireTitle(details);
        requireOriginalPrice(details, all, all.hasOriginalPrice());
        return details;
    }

    /// What is said of a course after some of it was changed.
    ///
    /// @param mask fields of `changes` that count
    /// @throws ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    static CourseDetails details(CourseDetails before, CourseChanges changes, FieldMask mask) {
        var details = read(Updates.merge(changes(before), sanitized(changes), mask));
        var changed = mask.getPathsList();
        if (changed.contains("title")) {
            requireTitle(details);
        }
        requireOriginalPrice(details, changes, changed.contains("original_price"));
        return details;
    }

    private static CourseChanges sanitized(CourseChanges changes) {
        return changes.toBuilder()
                .setFullDescription(HtmlPolicy.sanitize(changes.getFullDescription()))
                .build();
    }

    private static CourseDetails read(CourseChanges message) {
        return CourseDetailsBuilder.builder()
                .title(message.getTitle())
                .shortDescription(message.getShortDescription())
                .fullDescription(message.getFullDescription())
                .categoryId(id(message.getCategoryId()))
                .level(fromProto(message.getLevel()))
                .languageCode(language(message.getLanguageCode()))
                .price(price(message.hasPrice(), message.getPrice()))
                .estimatedDurationHours(message.getEstimatedDurationHours())
                .requirements(message.getRequirementsList())
                .learningObjectives(message.getLearningObjectivesList())
                .targetAudience(message.getTargetAudienceList())
                .thumbnailAssetId(id(message.getThumbnailAssetId()))
                .trailerVideoUrl(message.getTrailerVideoUrl())
                .originalPriceMinor(
                        message.hasOriginalPrice() ? message.getOriginalPrice().getAmountMinor() : null)
                .maxStudents(message.getMaxStudents())
                .build();
    }

    /// The same as a message.
    public static CourseChanges changes(CourseDetails details) {
        var currency = details.price().currencyCode();
        var changes = CourseChanges.newBuilder()
                .setTitle(details.title())
                .setShortDescription(details.shortDescription())
                .setFullDescription(details.fullDescription())
                .setCategoryId(text(details.categoryId()))
                .setLevel(org.aula.api.courses.v1.CourseLevel.valueOf(
                        "COURSE_LEVEL_" + details.level().name()))
                .setLanguageCode(details.languageCode())
                .setPrice(money(details.price().amountMinor(), currency))
                .setEstimatedDurationHours(details.estimatedDurationHours())
                .addAllRequirements(details.requirements())
                .addAllLearningObjectives(details.learningObjectives())
                .addAllTargetAudience(details.targetAudience())
                .setThumbnailAssetId(text(details.thumbnailAssetId()))
                .setTrailerVideoUrl(details.trailerVideoUrl())
                .setMaxStudents(details.maxStudents());
        var original = details.originalPriceMinor();
        if (original != null) {
            changes.setOriginalPrice(money(original, currency));
        }
        return changes.build();
    }

    private static Money.Builder money(long amountMinor, String currency) {
        return Money.newBuilder().setAmountMinor(amountMinor).setCurrencyCode(currency);
    }

    /// The field to blame is the one that the caller changes.
    private static void requireOriginalPrice(CourseDetails details, CourseChanges changes, boolean given) {
        var original = details.originalPriceMinor();
        if (original == null) {
            return;
        }
        if (given
                && !changes.getOriginalPrice()
                        .getCurrencyCode()
                        .equals(details.price().currencyCode())) {
            throw invalid("course.original_price", "must be in the currency of the price");
        }
        if (original < details.price().amountMinor()) {
            throw given
                    ? invalid("course.original_price", "must not be below the price")
                    : invalid("course.price", "must not be above the original price");
        }
    }

    private static ServiceException invalid(String field, String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, message);
    }

    /// A course as this viewer sees it: why it was given back is for its owner and for reviewers only.
    static org.aula.api.courses.v1.Course toProto(Course course, Viewer viewer) {
        return toProto(course, viewer.seesUnpublishedOf(course.instructorId()) ? course.returnReason() : "");
    }

    /// A course as its owner and reviewers see it.
    static org.aula.api.courses.v1.Course toProto(Course course) {
        return toProto(course, course.returnReason());
    }

    private static org.aula.api.courses.v1.Course toProto(Course course, String returnReason) {
        var details = course.details();
        var message = org.aula.api.courses.v1.Course.newBuilder()
                .setId(course.id().toString())
                .setInstructorId(course.instructorId().toString())
                .setCategoryId(text(details.categoryId()))
                .setTitle(details.title())
                .setSlug(course.slug())
                .setShortDescription(details.shortDescription())
                .setFullDescription(details.fullDescription())
                .setThumbnailAssetId(text(details.thumbnailAssetId()))
                .setTrailerVideoUrl(details.trailerVideoUrl())
                .setPrice(Money.newBuilder()
                        .setAmountMinor(details.price().amountMinor())
                        .setCurrencyCode(details.price().currencyCode()))
                .setLevel(org.aula.api.courses.v1.CourseLevel.valueOf(
                        "COURSE_LEVEL_" + details.level().name()))
                .setLanguageCode(details.languageCode())
                .setStatus(org.aula.api.courses.v1.CourseStatus.valueOf(
                        "COURSE_STATUS_" + course.status().name()))
                .setEstimatedDurationHours(details.estimatedDurationHours())
                .addAllRequirements(details.requirements())
                .addAllLearningObjectives(details.learningObjectives())
                .addAllTargetAudience(details.targetAudience())
                .setFeatured(course.featured())
                .setMaxStudents(details.maxStudents())
                .addAllTags(course.tags().stream().map(TagMapper::toProto).toList())
                .setReturnReason(returnReason)
                .addAllPrerequisiteCourseIds(
                        course.prerequisiteIds().stream().map(UUID::toString).toList())
                .setEnrollmentCount(course.stats().enrollmentCount())
                .setReviewCount(course.stats().reviewCount())
                .setAverageRating(course.stats().ratingHundredths() / 100.0)
                .setCreateTime(Times.timestamp(course.createdAt()))
                .setUpdateTime(Times.timestamp(course.updatedAt()))
                .setEtag(Long.toString(course.version()));
        var original = details.originalPriceMinor();
        if (original != null) {
            message.setOriginalPrice(Money.newBuilder()
                    .setAmountMinor(original)
                    .setCurrencyCode(details.price().currencyCode()));
        }
        var publishedAt = course.publishedAt();
        if (publishedAt != null) {
            message.setPublishTime(Times.timestamp(publishedAt));
        }
        return message.build();
    }

    private static void requireTitle(CourseDetails details) {
        if (details.title().isBlank()) {
            throw invalid("course.title", "must not be empty");
        }
    }

    static CourseLevel fromProto(org.aula.api.courses.v1.CourseLevel level) {
        return switch (level) {
            case COURSE_LEVEL_UNSPECIFIED, COURSE_LEVEL_BEGINNER, UNRECOGNIZED -> CourseLevel.BEGINNER;
            case COURSE_LEVEL_INTERMEDIATE -> CourseLevel.INTERMEDIATE;
            case COURSE_LEVEL_ADVANCED -> CourseLevel.ADVANCED;
        };
    }

    private static String language(String code) {
        return code.isEmpty() ? DEFAULT_LANGUAGE : code;
    }

    private static Price price(boolean given, Money price) {
        return given ? new Price(price.getAmountMinor(), price.getCurrencyCode()) : Price.FREE;
    }

    static @Nullable UUID id(String text) {
        return text.isEmpty() ? null : UUID.fromString(text);
    }

    private static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }
}
