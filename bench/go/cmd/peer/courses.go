package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	common "aula.example/bench/gen/aula/common/v1"
	courses "aula.example/bench/gen/aula/courses/v1"
)

const (
	pageSize    = 20
	largestPage = 100

	selectCourse = `
SELECT course.id, course.instructor_id, course.category_id, course.title, course.slug, course.short_description,
       course.full_description, course.thumbnail_asset_id, course.trailer_video_url, course.price_minor,
       course.original_price_minor, course.currency_code, course.level, course.language_code, course.status,
       course.estimated_duration_hours, course.requirements, course.learning_objectives, course.target_audience,
       course.featured, course.max_students, course.return_reason, course.version, course.created_at,
       course.updated_at, course.published_at,
       stats.enrollment_count, stats.review_count, stats.rating_hundredths,
       (SELECT coalesce(
            json_agg(json_build_object('id', tag.id, 'name', tag.name, 'color', tag.color)
                ORDER BY tag.sort_key, tag.id), '[]')
        FROM course_tags link JOIN tags tag ON tag.id = link.tag_id WHERE link.course_id = course.id),
       ARRAY(SELECT prerequisite_id FROM course_prerequisites WHERE course_id = course.id ORDER BY prerequisite_id)
FROM courses course LEFT JOIN course_stats stats ON stats.course_id = course.id `

	inCategory = `course.category_id = ANY(ARRAY(
    WITH RECURSIVE tree AS (
        SELECT $%d::uuid AS id
        UNION
        SELECT child.id FROM course_categories child JOIN tree ON child.parent_id = tree.id)
    SELECT id FROM tree))`
)

type courseServer struct {
	courses.UnimplementedCourseServiceServer
	pool  *pgxpool.Pool
	pages *pages
}

func (s *courseServer) GetCourse(ctx context.Context, request *courses.GetCourseRequest) (*courses.GetCourseResponse, error) {
	if request.GetSlug() != "" {
		return nil, status.Error(codes.Unimplemented, "by id only")
	}
	rows, err := s.pool.Query(ctx, selectCourse+"WHERE course.id = $1 AND course.deleted_at IS NULL", request.GetCourseId())
	if err != nil {
		return nil, err
	}
	course, err := pgx.CollectExactlyOneRow(rows, readCourse)
	if errors.Is(err, pgx.ErrNoRows) || (err == nil && !visible(ctx, course)) {
		return nil, status.Error(codes.NotFound, "course not found")
	}
	if err != nil {
		return nil, err
	}
	return &courses.GetCourseResponse{Course: course}, nil
}

func visible(ctx context.Context, course *courses.Course) bool {
	caller := callerOf(ctx)
	owned := caller != nil && caller.Subject == course.GetInstructorId()
	if !owned {
		course.ReturnReason = ""
	}
	return owned || course.GetStatus() == courses.CourseStatus_COURSE_STATUS_PUBLISHED
}

func (s *courseServer) ListCourses(ctx context.Context, request *courses.ListCoursesRequest) (*courses.ListCoursesResponse, error) {
	filter := request.GetFilter()
	if filter.GetText() != "" || len(filter.GetTagIds()) > 0 || filter.GetStatus() != 0 || filter.GetInstructorId() != "" ||
		request.GetOrderBy() > courses.CourseOrder_COURSE_ORDER_NEWEST || request.GetWithItemTokens() {
		return nil, status.Error(codes.Unimplemented, "by category, level, language and price, newest first, only")
	}
	size := pageSize
	if request.GetPageSize() > 0 {
		size = int(min(request.GetPageSize(), largestPage))
	}
	where := conditions{"course.status = 'PUBLISHED' AND course.deleted_at IS NULL", nil}
	where.filter(filter)
	if token := request.GetPageToken(); token != "" {
		after, err := s.pages.open(ctx, request, token)
		if err != nil {
			return nil, err
		}
		where.add("course.id < $%d", after)
	}
	sql := selectCourse + "WHERE " + where.sql + fmt.Sprintf(" ORDER BY course.id DESC LIMIT %d", size+1)
	rows, err := s.pool.Query(ctx, sql, where.values...)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, readCourse)
	if err != nil {
		return nil, err
	}
	answer := &courses.ListCoursesResponse{Courses: found}
	if len(found) > size {
		answer.Courses = found[:size]
		if answer.NextPageToken, err = s.pages.seal(ctx, request, found[size-1].GetId()); err != nil {
			return nil, err
		}
	}
	for _, course := range answer.Courses {
		visible(ctx, course)
	}
	return answer, nil
}

type conditions struct {
	sql    string
	values []any
}

func (c *conditions) add(sql string, value any) {
	c.values = append(c.values, value)
	c.sql += " AND " + fmt.Sprintf(sql, len(c.values))
}

func (c *conditions) filter(filter *courses.CourseFilter) {
	if filter.GetCategoryId() != "" {
		c.add(inCategory, filter.GetCategoryId())
	}
	if filter.GetLevel() != 0 {
		c.add("course.level = $%d", strings.TrimPrefix(filter.GetLevel().String(), "COURSE_LEVEL_"))
	}
	if filter.GetLanguageCode() != "" {
		c.add("course.language_code = $%d", filter.GetLanguageCode())
	}
	if filter.GetFreeOnly() {
		c.sql += " AND course.price_minor = 0"
	}
}

// readCourse reads a row of selectCourse.
func readCourse(row pgx.CollectableRow) (*courses.Course, error) {
	var (
		id, instructor, category, thumbnail pgtype.UUID
		price                               int64
		original                            *int64
		currency, level, state              string
		maxStudents                         *int32
		version                             int64
		created, updated                    time.Time
		published                           *time.Time
		enrolled, reviews                   *int64
		rating                              *int32
		tags                                []*courses.Tag
		prerequisites                       []pgtype.UUID
	)
	course := &courses.Course{}
	err := row.Scan(&id, &instructor, &category, &course.Title, &course.Slug, &course.ShortDescription,
		&course.FullDescription, &thumbnail, &course.TrailerVideoUrl, &price, &original, &currency, &level,
		&course.LanguageCode, &state, &course.EstimatedDurationHours, &course.Requirements, &course.LearningObjectives,
		&course.TargetAudience, &course.Featured, &maxStudents, &course.ReturnReason, &version, &created, &updated,
		&published, &enrolled, &reviews, &rating, &tags, &prerequisites)
	if err != nil {
		return nil, err
	}
	course.Id, course.InstructorId, course.CategoryId = id.String(), instructor.String(), category.String()
	course.ThumbnailAssetId = thumbnail.String()
	course.Price = &common.Money{AmountMinor: price, CurrencyCode: currency}
	if original != nil {
		course.OriginalPrice = &common.Money{AmountMinor: *original, CurrencyCode: currency}
	}
	course.Level = courses.CourseLevel(courses.CourseLevel_value["COURSE_LEVEL_"+level])
	course.Status = courses.CourseStatus(courses.CourseStatus_value["COURSE_STATUS_"+state])
	course.MaxStudents = value(maxStudents)
	course.EnrollmentCount, course.ReviewCount = value(enrolled), value(reviews)
	course.AverageRating = float64(value(rating)) / 100
	course.Etag = fmt.Sprint(version)
	course.CreateTime, course.UpdateTime = timestamppb.New(created), timestamppb.New(updated)
	if published != nil {
		course.PublishTime = timestamppb.New(*published)
	}
	course.Tags = tags
	for _, prerequisite := range prerequisites {
		course.PrerequisiteCourseIds = append(course.PrerequisiteCourseIds, prerequisite.String())
	}
	return course, nil
}

func value[T any](pointer *T) T {
	var none T
	if pointer == nil {
		return none
	}
	return *pointer
}
