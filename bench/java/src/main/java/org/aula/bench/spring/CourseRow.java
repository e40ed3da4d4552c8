package org.aula.bench.spring;

import com.google.gson.Gson;
import com.google.protobuf.Timestamp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.Money;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.api.courses.v1.CourseStatus;

/// A row of a course as the contract's message.
final class CourseRow {

    private record TagRow(String id, String name, String color) {}

    private static final Gson GSON = new Gson();

    private CourseRow() {}

    static Course.Builder map(ResultSet row, int number) throws SQLException {
        var currency = row.getString("currency_code");
        var course = Course.newBuilder()
                .setId(row.getString("id"))
                .setInstructorId(row.getString("instructor_id"))
                .setCategoryId(orEmpty(row.getString("category_id")))
                .setTitle(row.getString("title"))
                .setSlug(row.getString("slug"))
                .setShortDescription(row.getString("short_description"))
                .setFullDescription(row.getString("full_description"))
                .setThumbnailAssetId(orEmpty(row.getString("thumbnail_asset_id")))
                .setTrailerVideoUrl(row.getString("trailer_video_url"))
                .setPrice(money(row.getLong("price_minor"), currency))
                .setLevel(CourseLevel.valueOf("COURSE_LEVEL_" + row.getString("level")))
                .setLanguageCode(row.getString("language_code"))
                .setStatus(CourseStatus.valueOf("COURSE_STATUS_" + row.getString("status")))
                .setEstimatedDurationHours(row.getInt("estimated_duration_hours"))
                .addAllRequirements(strings(row.getString("requirements")))
                .addAllLearningObjectives(strings(row.getString("learning_objectives")))
                .addAllTargetAudience(strings(row.getString("target_audience")))
                .setFeatured(row.getBoolean("featured"))
                .setMaxStudents(row.getInt("max_students"))
                .setReturnReason(row.getString("return_reason"))
                .setEtag(Long.toString(row.getLong("version")))
                .setEnrollmentCount(row.getLong("enrollment_count"))
                .setReviewCount(row.getLong("review_count"))
                .setAverageRating(row.getInt("rating_hundredths") / 100.0)
                .setCreateTime(time(row, "created_at"))
                .setUpdateTime(time(row, "updated_at"));
        addOptional(course, row, currency);
        return course;
    }

    private static void addOptional(Course.Builder course, ResultSet row, String currency) throws SQLException {
        var original = row.getObject("original_price_minor", Long.class);
        if (original != null) {
            course.setOriginalPrice(money(original, currency));
        }
        if (row.getObject("published_at") != null) {
            course.setPublishTime(time(row, "published_at"));
        }
        for (var tag : GSON.fromJson(row.getString("tags"), TagRow[].class)) {
            course.addTagsBuilder().setId(tag.id()).setName(tag.name()).setColor(tag.color());
        }
        for (var id : (UUID[]) row.getArray("prerequisite_ids").getArray()) {
            course.addPrerequisiteCourseIds(id.toString());
        }
    }

    private static Money money(long minor, String currency) {
        return Money.newBuilder().setAmountMinor(minor).setCurrencyCode(currency).build();
    }

    private static Timestamp time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class).toInstant();
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static List<String> strings(String json) {
        return List.of(GSON.fromJson(json, String[].class));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
