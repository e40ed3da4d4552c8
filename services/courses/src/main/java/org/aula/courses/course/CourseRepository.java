package org.aula.courses.course;

import com.google.gson.Gson;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.courses.slug.SlugRepository;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.Plans;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// Rows of `courses`, read together with their counts in `course_stats`.
@Singleton
public final class CourseRepository {

    /// Reads whole courses with their tags and prerequisites; conditions follow. The row of the course is
    /// called `course`.
    static final String SELECT = """
            SELECT course.*, stats.enrollment_count, stats.review_count, stats.rating_hundredths,
                (SELECT coalesce(
                        json_agg(json_build_object('id', tag.id, 'name', tag.name, 'color', tag.color)
                            ORDER BY lower(tag.name::text) COLLATE "C"), '[]')
                    FROM course_tags link JOIN tags tag ON tag.id = link.tag_id
                    WHERE link.course_id = course.id) AS tags,
                ARRAY(
                    SELECT prerequisite_id FROM course_prerequisites
                    WHERE course_id = course.id ORDER BY prerequisite_id) AS prerequisite_ids
            FROM courses course LEFT JOIN course_stats stats ON stats.course_id = course.id
            """;

    private static final String FOREIGN_KEY = "23503";
    private static final Gson GSON = new Gson();

    private final SlugRepository slugs;

    CourseRepository(SlugRepository slugs) {
        this.slugs = slugs;
    }

    public Optional<Course> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "WHERE course.id = :id AND course.deleted_at IS NULL")
                .bind("id", id)
                .map((row, context) -> course(row))
                .findOne();
    }

    Optional<Course> findBySlug(Handle handle, String slug) {
        return handle.createQuery(SELECT + "WHERE course.slug = :slug AND course.deleted_at IS NULL")
                .bind("slug", slug)
                .map((row, context) -> course(row))
                .findOne();
    }

    /// Reads a course and keeps others from changing it, and what is below it, until the end of the
    /// transaction; they may refer to it.
    Optional<Course> lock(Handle handle, UUID id) {
        return handle.createQuery(
                        SELECT + "WHERE course.id = :id AND course.deleted_at IS NULL FOR NO KEY UPDATE OF course")
                .bind("id", id)
                .map((row, context) -> course(row))
                .findOne();
    }

    /// The courses that exist for a viewer, in any order.
    List<Course> findVisible(Handle handle, List<UUID> ids, Viewer viewer) {
        return Plans.once(handle.createQuery(SELECT + "WHERE course.id = ANY(:ids) AND " + Viewer.VISIBLE))
                .bindArray("ids", UUID.class, ids)
                .bindMethods("viewer", viewer)
                .map((row, context) -> course(row))
                .list();
    }

    /// These courses, whoever looks, in any order.
    public List<Course> findAll(Handle handle, List<UUID> ids) {
        return Plans.once(handle.createQuery(SELECT + "WHERE course.id = ANY(:ids) AND course.deleted_at IS NULL"))
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> course(row))
                .list();
    }

    /// Those of the courses that were in the catalog and are not any more.
    List<UUID> idsThatLeft(Handle handle, Collection<UUID> ids) {
        return handle.createQuery("""
                        SELECT id FROM courses
                        WHERE id = ANY(:ids) AND status <> 'PUBLISHED' AND published_at IS NOT NULL
                          AND deleted_at IS NULL
                        """)
                .bindArray("ids", UUID.class, ids)
                .mapTo(UUID.class)
                .list();
    }

    boolean hasLessons(Handle handle, UUID courseId) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM lessons WHERE course_id = :courseId AND deleted_at IS NULL)")
                .bind("courseId", courseId)
                .mapTo(Boolean.class)
                .one();
    }

    /// Inserts a new course under a slug of its own.
    ///
    /// @return the course with its slug
    public Course insert(Handle handle, Course course) {
        var slug = slugs.insert(
                handle,
                SlugRepository.Table.COURSES,
                course.details().title(),
                candidate -> insert(handle, course, candidate) == 1);
        return course.withSlug(slug);
    }

    private static int insert(Handle handle, Course course, String slug) {
        var statement = handle.createUpdate("""
                INSERT INTO courses (
                    id, instructor_id, slug, status, return_reason, title, short_description, full_description,
                    category_id, level, language_code, price_minor, currency_code, estimated_duration_hours,
                    requirements, learning_objectives, target_audience, thumbnail_asset_id, trailer_video_url,
                    original_price_minor, max_students, featured, created_at, updated_at, published_at, version)
                VALUES (
                    :id, :instructorId, :slug, :status, :returnReason, :title, :shortDescription, :fullDescription,
                    :categoryId, :level, :languageCode, :priceMinor, :currencyCode, :estimatedDurationHours,
                    CAST(:requirements AS jsonb), CAST(:learningObjectives AS jsonb),
                    CAST(:targetAudience AS jsonb), :thumbnailAssetId, :trailerVideoUrl,
                    :originalPriceMinor, :maxStudents, :featured, :createdAt, :updatedAt, :publishedAt, :version)
                ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING
                """);
        bind(statement, course);
        return statement
                .bind("instructorId", course.instructorId())
                .bind("slug", slug)
                .bind("createdAt", time(course.createdAt()))
                .execute();
    }

    /// Writes the next state of a course that was locked.
    void update(Handle handle, Course course) {
        var statement = handle.createUpdate("""
                UPDATE courses
                SET status = :status, return_reason = :returnReason, title = :title,
                    short_description = :shortDescription, full_description = :fullDescription,
                    category_id = :categoryId, level = :level, language_code = :languageCode,
                    price_minor = :priceMinor, currency_code = :currencyCode,
                    estimated_duration_hours = :estimatedDurationHours,
                    requirements = CAST(:requirements AS jsonb),
                    learning_objectives = CAST(:learningObjectives AS jsonb),
                    target_audience = CAST(:targetAudience AS jsonb),
                    thumbnail_asset_id = :thumbnailAssetId, trailer_video_url = :trailerVideoUrl,
                    original_price_minor = :originalPriceMinor, max_students = :maxStudents, featured = :featured,
                    updated_at = :updatedAt, published_at = :publishedAt, version = :version
                WHERE id = :id
                """);
        bind(statement, course);
        statement.execute();
    }

    /// Counts one more learner; a course that is gone is not counted.
    void countEnrollment(Handle handle, UUID courseId) {
        handle.createUpdate("""
                        INSERT INTO course_stats (course_id, enrollment_count)
                        SELECT id, 1 FROM courses WHERE id = :courseId
                        ON CONFLICT (course_id) DO UPDATE
                        SET enrollment_count = course_stats.enrollment_count + 1, updated_at = now()
                        """).bind("courseId", courseId).execute();
    }

    /// Deletes a draft and all that is below it.
    ///
    /// @return whether there was one
    public boolean delete(Handle handle, UUID courseId) {
        return handle.createUpdate("DELETE FROM courses WHERE id = :id AND status = 'DRAFT'")
                        .bind("id", courseId)
                        .execute()
                > 0;
    }

    /// Deletes a locked draft and all that is below it; the lessons' documents follow soon after the commit.
    ///
    /// @return false when something refers to it, such as an enrollment; the transaction must end then
    boolean deleteUnused(Handle handle, UUID courseId) {
        handle.createUpdate("""
                        INSERT INTO lesson_content_removals (lesson_id)
                        SELECT id FROM lessons WHERE course_id = :courseId AND deleted_at IS NULL
                        ON CONFLICT DO NOTHING
                        """).bind("courseId", courseId).execute();
        try {
            delete(handle, courseId);
            return true;
        } catch (UnableToExecuteStatementException refused) {
            if (refused.getCause() instanceof SQLException sql && FOREIGN_KEY.equals(sql.getSQLState())) {
                return false;
            }
            throw refused;
        }
    }

    private static void bind(SqlStatement<?> statement, Course course) {
        var details = course.details();
        statement
                .bind("id", course.id())
                .bind("status", course.status().name())
                .bind("returnReason", course.returnReason())
                .bind("title", details.title())
                .bind("shortDescription", details.shortDescription())
                .bind("fullDescription", details.fullDescription())
                .bind("categoryId", details.categoryId())
                .bind("level", details.level().name())
                .bind("languageCode", details.languageCode())
                .bind("priceMinor", details.price().amountMinor())
                .bind("currencyCode", details.price().currencyCode())
                .bind("estimatedDurationHours", details.estimatedDurationHours())
                .bind("requirements", GSON.toJson(details.requirements()))
                .bind("learningObjectives", GSON.toJson(details.learningObjectives()))
                .bind("targetAudience", GSON.toJson(details.targetAudience()))
                .bind("thumbnailAssetId", details.thumbnailAssetId())
                .bind("trailerVideoUrl", details.trailerVideoUrl())
                .bind("originalPriceMinor", details.originalPriceMinor())
                .bind("maxStudents", details.maxStudents() == 0 ? null : (Integer) details.maxStudents())
                .bind("featured", course.featured())
                .bind("updatedAt", time(course.updatedAt()))
                .bind("publishedAt", time(course.publishedAt()))
                .bind("version", course.version());
    }

    static Course course(ResultSet row) throws SQLException {
        var lists = JsonColumns.of(
                row.getString("tags"),
                row.getString("requirements"),
                row.getString("learning_objectives"),
                row.getString("target_audience"));
        return new Course(
                row.getObject("id", UUID.class),
                row.getObject("instructor_id", UUID.class),
                row.getString("slug"),
                CourseStatus.valueOf(row.getString("status")),
                row.getString("return_reason"),
                details(row, lists),
                row.getBoolean("featured"),
                lists.tags(),
                List.of((UUID[]) row.getArray("prerequisite_ids").getArray()),
                new CourseStats(
                        row.getLong("enrollment_count"), row.getLong("review_count"), row.getInt("rating_hundredths")),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                Columns.instantOrNull(row, "published_at"),
                row.getLong("version"));
    }

    private static CourseDetails details(ResultSet row, JsonColumns lists) throws SQLException {
        return new CourseDetails(
                row.getString("title"),
                row.getString("short_description"),
                row.getString("full_description"),
                row.getObject("category_id", UUID.class),
                CourseLevel.valueOf(row.getString("level")),
                row.getString("language_code"),
                new Price(row.getLong("price_minor"), row.getString("currency_code")),
                row.getInt("estimated_duration_hours"),
                lists.requirements(),
                lists.learningObjectives(),
                lists.targetAudience(),
                row.getObject("thumbnail_asset_id", UUID.class),
                row.getString("trailer_video_url"),
                row.getObject("original_price_minor", Long.class),
                row.getInt("max_students"));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
