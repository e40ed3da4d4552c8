package org.aula.courses.course;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Columns;
import org.aula.kernel.postgres.GenericPlan;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.sort.SortKeys;
import org.aula.kernel.sort.SortedTable;

/// Rows of `courses`, read together with their counts in `course_stats`.
///
/// Whole courses are read and written by hand: their rows are wide, and lists of them are what the catalog
/// is asked for most.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface CourseRepository extends GenericRepository<Course, UUID> {

    SortedTable SORTED = SortedTable.of("courses", "title");

    /// Columns that change with a course; [#values] has their values in the same order, and then the sort
    /// key.
    String COLUMNS = """
            status, return_reason, title, short_description, full_description, category_id, level, language_code,
            price_minor, currency_code, estimated_duration_hours, requirements, learning_objectives,
            target_audience, thumbnail_asset_id, trailer_video_url, original_price_minor, max_students, featured,
            published_at, version
            """;

    /// Reads whole courses with their tags and prerequisites; conditions follow. The row of the course is
    /// called `course`.
    String SELECT =
            "SELECT course.id, course.instructor_id, course.slug, course.created_at, course.updated_at, " + COLUMNS
                    + """
                    , stats.enrollment_count, stats.review_count, stats.rating_hundredths,
                        (SELECT coalesce(
                                json_agg(json_build_object('id', tag.id, 'name', tag.name, 'color', tag.color)
                                    ORDER BY tag.sort_key, tag.id), '[]')
                            FROM course_tags link JOIN tags tag ON tag.id = link.tag_id
                            WHERE link.course_id = course.id) AS tags,
                        ARRAY(
                            SELECT prerequisite_id FROM course_prerequisites
                            WHERE course_id = course.id ORDER BY prerequisite_id) AS prerequisite_ids
                    FROM courses course LEFT JOIN course_stats stats ON stats.course_id = course.id
                    """;

    default Optional<Course> find(UUID id) {
        return Sql.of(SELECT + "WHERE course.id = ? AND course.deleted_at IS NULL", id)
                .find(CourseRepository::course);
    }

    default Optional<Course> findBySlug(String slug) {
        return Sql.of(SELECT + "WHERE course.slug = ? AND course.deleted_at IS NULL", slug)
                .find(CourseRepository::course);
    }

    /// Reads a course and keeps others from changing it, and what is below it, until the end of the
    /// transaction; they may refer to it.
    default Optional<Course> lock(UUID id) {
        return Sql.of(SELECT + "WHERE course.id = ? AND course.deleted_at IS NULL FOR NO KEY UPDATE OF course", id)
                .find(CourseRepository::course);
    }

    /// The courses that exist for a viewer, in any order.
    default List<Course> findVisible(Collection<UUID> ids, Viewer viewer) {
        return Sql.of(SELECT + "WHERE course.id = ANY(?) AND ", (Object) ids.toArray(UUID[]::new))
                .add(viewer.visible())
                .add(GenericPlan.MARK)
                .list(CourseRepository::course);
    }

    /// These courses, whoever looks, in any order.
    default List<Course> findAll(Collection<UUID> ids) {
        return Sql.of(SELECT + "WHERE course.id = ANY(?) AND course.deleted_at IS NULL" + GenericPlan.MARK, (Object)
                        ids.toArray(UUID[]::new))
                .list(CourseRepository::course);
    }

    @Query("SELECT EXISTS (SELECT 1 FROM lessons WHERE course_id = :courseId AND deleted_at IS NULL)")
    boolean hasLessons(UUID courseId);

    /// Inserts a new course.
    ///
    /// @return whether its slug was free
    default boolean insert(Course course) {
        return Sql.of(
                                "INSERT INTO courses (id, instructor_id, slug, created_at, updated_at, " + COLUMNS
                                        + ", sort_key) VALUES (?, ?, ?, ?, ?, ",
                                course.id(),
                                course.instructorId(),
                                course.slug(),
                                course.createdAt(),
                                course.updatedAt())
                        .add(values(course))
                        .add(") ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING")
                        .update()
                == 1;
    }

    /// Writes the next state of a course that was locked.
    default void update(Course course) {
        Sql.of("UPDATE courses SET (updated_at, " + COLUMNS + ", sort_key) = (?, ", course.updatedAt())
                .add(values(course))
                .add(") WHERE id = ?", course.id())
                .update();
    }

    /// Counts one more learner; a course that is gone is not counted.
    @Query("""
            INSERT INTO course_stats (course_id, enrollment_count)
            SELECT id, 1 FROM courses WHERE id = :courseId
            ON CONFLICT (course_id) DO UPDATE
            SET enrollment_count = course_stats.enrollment_count + 1, updated_at = now()
            """)
    void countEnrollment(UUID courseId);

    /// Deletes a draft and all that is below it.
    ///
    /// @return how many drafts there were, 0 or 1
    @Query("DELETE FROM courses WHERE id = :id AND status = 'DRAFT'")
    int delete(UUID id);

    /// Has the documents of a course's lessons removed soon after the commit.
    @Query("""
            INSERT INTO lesson_content_removals (lesson_id)
            SELECT id FROM lessons WHERE course_id = :courseId AND deleted_at IS NULL
            ON CONFLICT DO NOTHING
            """)
    void removeContents(UUID courseId);

    /// Values of [#COLUMNS], and the sort key.
    private static Sql values(Course course) {
        var details = course.details();
        return Sql.of("?", course.status().name())
                .add(", ?", course.returnReason())
                .add(", ?", details.title())
                .add(", ?", details.shortDescription())
                .add(", ?", details.fullDescription())
                .add(", ?", details.categoryId())
                .add(", ?", details.level().name())
                .add(", ?", details.languageCode())
                .add(", ?", details.price().amountMinor())
                .add(", ?", details.price().currencyCode())
                .add(", ?", details.estimatedDurationHours())
                .add(", CAST(? AS jsonb)", JsonColumns.toJson(details.requirements()))
                .add(", CAST(? AS jsonb)", JsonColumns.toJson(details.learningObjectives()))
                .add(", CAST(? AS jsonb)", JsonColumns.toJson(details.targetAudience()))
                .add(", ?", details.thumbnailAssetId())
                .add(", ?", details.trailerVideoUrl())
                .add(", ?", details.originalPriceMinor())
                .add(", nullif(?, 0)", details.maxStudents())
                .add(", ?", course.featured())
                .add(", ?", course.publishedAt())
                .add(", ?", course.version())
                .add(", ?", (Object) SortKeys.of(details.title()));
    }

    /// Reads a row of [#SELECT].
    static Course course(ResultSet row) throws SQLException {
        var lists = JsonColumns.of(
                row.getString("tags"),
                row.getString("requirements"),
                row.getString("learning_objectives"),
                row.getString("target_audience"));
        return CourseBuilder.builder()
                .id(row.getObject("id", UUID.class))
                .instructorId(row.getObject("instructor_id", UUID.class))
                .slug(row.getString("slug"))
                .status(CourseStatus.valueOf(row.getString("status")))
                .returnReason(row.getString("return_reason"))
                .details(details(row, lists))
                .featured(row.getBoolean("featured"))
                .tags(lists.tags())
                .prerequisiteIds(
                        List.of((UUID[]) row.getArray("prerequisite_ids").getArray()))
                .stats(new CourseStats(
                        row.getLong("enrollment_count"), row.getLong("review_count"), row.getInt("rating_hundredths")))
                .createdAt(Columns.instant(row, "created_at"))
                .updatedAt(Columns.instant(row, "updated_at"))
                .publishedAt(Columns.instantOrNull(row, "published_at"))
                .version(row.getLong("version"))
                .build();
    }

    private static CourseDetails details(ResultSet row, JsonColumns lists) throws SQLException {
        return CourseDetailsBuilder.builder()
                .title(row.getString("title"))
                .shortDescription(row.getString("short_description"))
                .fullDescription(row.getString("full_description"))
                .categoryId(row.getObject("category_id", UUID.class))
                .level(CourseLevel.valueOf(row.getString("level")))
                .languageCode(row.getString("language_code"))
                .price(new Price(row.getLong("price_minor"), row.getString("currency_code")))
                .estimatedDurationHours(row.getInt("estimated_duration_hours"))
                .requirements(lists.requirements())
                .learningObjectives(lists.learningObjectives())
                .targetAudience(lists.targetAudience())
                .thumbnailAssetId(row.getObject("thumbnail_asset_id", UUID.class))
                .trailerVideoUrl(row.getString("trailer_video_url"))
                .originalPriceMinor(row.getObject("original_price_minor", Long.class))
                .maxStudents(row.getInt("max_students"))
                .build();
    }
}
