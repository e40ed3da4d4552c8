package org.aula.bench.spring;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CourseLevel;
import org.aula.api.courses.v1.CourseOrder;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.CourseStatus;
import org.aula.api.courses.v1.GetCourseRequest;
import org.aula.api.courses.v1.GetCourseResponse;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.ListCoursesResponse;
import org.springframework.grpc.server.service.GrpcService;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Courses by id, and lists by category, level, language and price, newest first.
@GrpcService
class CoursePeer extends CourseServiceGrpc.CourseServiceImplBase {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private static final String SELECT = """
            SELECT course.id, course.instructor_id, course.category_id, course.title, course.slug,
                   course.short_description, course.full_description, course.thumbnail_asset_id,
                   course.trailer_video_url, course.price_minor, course.original_price_minor, course.currency_code,
                   course.level, course.language_code, course.status, course.estimated_duration_hours,
                   course.requirements, course.learning_objectives, course.target_audience, course.featured,
                   course.max_students, course.return_reason, course.version, course.created_at, course.updated_at,
                   course.published_at, stats.enrollment_count, stats.review_count, stats.rating_hundredths,
                   (SELECT coalesce(
                        json_agg(json_build_object('id', tag.id, 'name', tag.name, 'color', tag.color)
                            ORDER BY tag.sort_key, tag.id), '[]')
                    FROM course_tags link JOIN tags tag ON tag.id = link.tag_id
                    WHERE link.course_id = course.id) AS tags,
                   ARRAY(SELECT prerequisite_id FROM course_prerequisites
                         WHERE course_id = course.id ORDER BY prerequisite_id) AS prerequisite_ids
            FROM courses course LEFT JOIN course_stats stats ON stats.course_id = course.id
            """;

    private static final String IN_CATEGORY = """
            course.category_id = ANY(ARRAY(
                WITH RECURSIVE tree AS (
                    SELECT CAST(:category AS uuid) AS id
                    UNION
                    SELECT child.id FROM course_categories child JOIN tree ON child.parent_id = tree.id)
                SELECT id FROM tree))
            """;

    private final JdbcClient jdbc;
    private final PageSeal pages = new PageSeal();

    CoursePeer(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void getCourse(GetCourseRequest request, StreamObserver<GetCourseResponse> observer) {
        var course = jdbc.sql(SELECT + "WHERE course.id = :id AND course.deleted_at IS NULL")
                .param("id", UUID.fromString(request.getCourseId()))
                .query(CourseRow::map)
                .optional()
                .filter(CoursePeer::isVisible)
                .orElseThrow(() -> Status.NOT_FOUND
                        .withDescription("course not found")
                        .asRuntimeException());
        observer.onNext(GetCourseResponse.newBuilder().setCourse(shown(course)).build());
        observer.onCompleted();
    }

    @Override
    public void listCourses(ListCoursesRequest request, StreamObserver<ListCoursesResponse> observer) {
        var filter = request.getFilter();
        requireKnown(request, filter);
        var size = request.getPageSize() == 0 ? PAGE_SIZE : Math.min(request.getPageSize(), MAX_PAGE);
        var parameters = new HashMap<String, Object>();
        var conditions = conditions(filter, parameters);
        if (!request.getPageToken().isEmpty()) {
            conditions.add("course.id < :after");
            parameters.put("after", UUID.fromString(pages.open(request)));
        }
        var rows = jdbc.sql(SELECT + "WHERE " + String.join(" AND ", conditions) + " ORDER BY course.id DESC LIMIT "
                        + (size + 1))
                .params(parameters)
                .query(CourseRow::map)
                .list();
        var answer = ListCoursesResponse.newBuilder();
        rows.stream().limit(size).forEach(course -> answer.addCourses(shown(course)));
        if (rows.size() > size) {
            answer.setNextPageToken(pages.seal(request, rows.get(size - 1).getId()));
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    private static void requireKnown(ListCoursesRequest request, CourseFilter filter) {
        if (!filter.getText().isEmpty()
                || filter.getTagIdsCount() > 0
                || !filter.getInstructorId().isEmpty()
                || filter.getStatus() != CourseStatus.COURSE_STATUS_UNSPECIFIED
                || request.getOrderBy().getNumber() > CourseOrder.COURSE_ORDER_NEWEST_VALUE
                || request.getWithItemTokens()) {
            throw Status.UNIMPLEMENTED
                    .withDescription("by category, level, language and price, newest first, only")
                    .asRuntimeException();
        }
    }

    private static List<String> conditions(CourseFilter filter, Map<String, Object> parameters) {
        var conditions = new ArrayList<>(List.of("course.status = 'PUBLISHED'", "course.deleted_at IS NULL"));
        if (!filter.getCategoryId().isEmpty()) {
            conditions.add(IN_CATEGORY);
            parameters.put("category", UUID.fromString(filter.getCategoryId()));
        }
        if (filter.getLevel() != CourseLevel.COURSE_LEVEL_UNSPECIFIED) {
            conditions.add("course.level = :level");
            parameters.put("level", filter.getLevel().name().substring("COURSE_LEVEL_".length()));
        }
        if (!filter.getLanguageCode().isEmpty()) {
            conditions.add("course.language_code = :language");
            parameters.put("language", filter.getLanguageCode());
        }
        if (filter.getFreeOnly()) {
            conditions.add("course.price_minor = 0");
        }
        return conditions;
    }

    private static boolean isOwn(org.aula.api.courses.v1.Course.Builder course) {
        var caller = Caller.current();
        return caller != null && caller.id().equals(course.getInstructorId());
    }

    private static boolean isVisible(org.aula.api.courses.v1.Course.Builder course) {
        return course.getStatus() == CourseStatus.COURSE_STATUS_PUBLISHED || isOwn(course);
    }

    private static org.aula.api.courses.v1.Course shown(org.aula.api.courses.v1.Course.Builder course) {
        return isOwn(course) ? course.build() : course.clearReturnReason().build();
    }
}
