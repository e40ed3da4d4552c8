package main

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	assignments "aula.example/bench/gen/aula/assignments/v1"
	grades "aula.example/bench/gen/aula/grades/v1"
)

const (
	selectAttempt = `
SELECT s.quiz_id, s.quiz_version, s.course_id, s.lesson_id, s.user_id, s.enrollment_id, s.attempt_number, s.status,
       (s.score * 100)::bigint, (s.max_score * 100)::bigint, coalesce(s.passed, false), s.time_spent_seconds, s.started_at,
       s.end_at, s.submitted_at, s.timed_out, s.graded_at, s.instructor_feedback,
       (SELECT published_version FROM assignments_api.quizzes WHERE id = s.quiz_id)
FROM quiz_submissions s WHERE s.id = $1 FOR UPDATE OF s`

	selectResponses = `
SELECT question_id, answer_data, coalesce(is_correct, false), (points_earned * 100)::bigint
FROM quiz_responses WHERE submission_id = $1`

	saveResponses = `
INSERT INTO quiz_responses (
    id, submission_id, question_id, answer_data, state, is_correct, points_earned, max_points, created_at, updated_at)
SELECT id::uuid, $1::uuid, question::uuid, answer::jsonb, 'GRADED', correct, points::numeric / 100, most,
       $7::timestamptz, $7::timestamptz
FROM unnest($2::text[], $3::text[], $4::text[], $5::bool[], $6::bigint[], $8::int[])
    AS given (id, question, answer, correct, points, most)
ON CONFLICT (submission_id, question_id) DO UPDATE
SET answer_data = excluded.answer_data, state = excluded.state, is_correct = excluded.is_correct,
    points_earned = excluded.points_earned, max_points = excluded.max_points, updated_at = excluded.updated_at`

	saveAttempt = `
UPDATE quiz_submissions
SET status = 'GRADED', score = $2::bigint::numeric / 100, max_score = $3::bigint::numeric / 100, passed = $4,
    time_spent_seconds = $5, submitted_at = $6, graded_at = $6, version = version + 2
WHERE id = $1`

	saveChange = `
INSERT INTO score_changes (id, submission_id, kind, actor, from_score, to_score, max_score, quiz_version, changed_at)
VALUES ($1, $2, 'SUBMIT', $3, 0, $4::bigint::numeric / 100, $5::bigint::numeric / 100, $6, $7)`

	saveItem = `
INSERT INTO gradebook_items AS known (id, course_id, kind, title, max_points, item_version)
SELECT $1::uuid, $2::uuid, 'QUIZ', $3::text, $4::int, $5::int
WHERE NOT EXISTS (SELECT FROM gradebook_items WHERE id = $1::uuid AND item_version >= $5::int)
ON CONFLICT (id) DO UPDATE
SET title = excluded.title, max_points = excluded.max_points, item_version = excluded.item_version
WHERE known.item_version < excluded.item_version`

	saveScore = `
INSERT INTO gradebook_scores (
    course_id, user_id, item_id, source_id, points, raw_points, max_points, late_penalty_percent)
SELECT $1::uuid, $2::uuid, $3::uuid, id, score, score, max_score, 0 FROM quiz_submissions
WHERE user_id = $2 AND quiz_id = $3 AND status = 'GRADED'
ORDER BY score / nullif(max_score, 0) DESC NULLS LAST, id LIMIT 1
ON CONFLICT (course_id, user_id, item_id) DO UPDATE
SET source_id = excluded.source_id, points = excluded.points, raw_points = excluded.raw_points,
    max_points = excluded.max_points, late_penalty_percent = excluded.late_penalty_percent`

	markGrade = `
INSERT INTO gradebook (course_id, user_id, dirty, updated_at) VALUES ($1, $2, true, $3)
ON CONFLICT (course_id, user_id) DO UPDATE SET dirty = true, updated_at = excluded.updated_at`
)

// quizServer hands attempts in and grades them. Of quizzes it takes those whose every question a machine grades, without
// time limit, drawing and shuffling; the others it refuses.
type quizServer struct {
	grades.UnimplementedAttemptServiceServer
	pool   *pgxpool.Pool
	papers papers
}

func (s *quizServer) SubmitAttempt(
	ctx context.Context, request *grades.SubmitAttemptRequest,
) (*grades.SubmitAttemptResponse, error) {
	caller := callerOf(ctx)
	if caller == nil {
		return nil, status.Error(codes.Unauthenticated, "authentication required")
	}
	var answer *grades.Attempt
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		attempt, responses, last, err := load(ctx, tx, request.GetAttemptId())
		if err != nil {
			return err
		}
		if attempt.GetUserId() != caller.Subject {
			return status.Error(codes.NotFound, "attempt not found")
		}
		paper, err := s.papers.get(ctx, tx, attempt.GetQuizId(), attempt.GetQuizVersion())
		if err != nil {
			return err
		}
		if attempt.GetStatus() == grades.AttemptStatus_ATTEMPT_STATUS_IN_PROGRESS {
			if err := submit(ctx, tx, attempt, paper, responses, request.GetAnswers()); err != nil {
				return err
			}
		}
		rules, err := s.papers.get(ctx, tx, attempt.GetQuizId(), last)
		if err != nil {
			return err
		}
		shows := rules.version.GetSettings().GetShowAnswers() == assignments.ShowAnswers_SHOW_ANSWERS_AFTER_SUBMIT
		for _, question := range paper.questions {
			attempt.Questions = append(attempt.Questions, question.shown(responses[question.GetId()], shows))
		}
		answer = attempt
		return nil
	})
	return &grades.SubmitAttemptResponse{Attempt: answer}, err
}

// response is what an attempt has for a question. Points are hundredths.
type response struct {
	answer  *grades.Answer
	correct bool
	points  int64
}

// load locks the attempt and reads what was saved of it, both at once.
func load(ctx context.Context, tx pgx.Tx, id string) (*grades.Attempt, map[string]*response, int32, error) {
	attempt, responses, last := &grades.Attempt{Id: id}, map[string]*response{}, int32(0)
	batch := &pgx.Batch{}
	batch.Queue(selectAttempt, id).QueryRow(func(row pgx.Row) error { return readAttempt(row, attempt, &last) })
	batch.Queue(selectResponses, id).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			var question pgtype.UUID
			var answer []byte
			found := &response{}
			if err := rows.Scan(&question, &answer, &found.correct, &found.points); err != nil {
				return err
			}
			if answer != nil {
				found.answer = &grades.Answer{}
				if err := protojson.Unmarshal(answer, found.answer); err != nil {
					return err
				}
			}
			responses[question.String()] = found
		}
		return rows.Err()
	})
	err := tx.SendBatch(ctx, batch).Close()
	switch {
	case err == nil && attempt.GetUserId() == "":
		return nil, nil, 0, status.Error(codes.NotFound, "attempt not found")
	case err == nil && attempt.GetEndTime() != nil:
		return nil, nil, 0, status.Error(codes.Unimplemented, "quizzes without time limit only")
	}
	return attempt, responses, last, err
}

func readAttempt(row pgx.Row, attempt *grades.Attempt, last *int32) error {
	var quiz, course, lesson, user, enrollment pgtype.UUID
	var state string
	var score, most int64
	var seconds *int64
	var started time.Time
	var end, submitted, graded *time.Time
	err := row.Scan(&quiz, &attempt.QuizVersion, &course, &lesson, &user, &enrollment, &attempt.Number, &state, &score, &most,
		&attempt.Passed, &seconds, &started, &end, &submitted, &attempt.TimedOut, &graded, &attempt.Feedback, last)
	if err != nil {
		return ignoreNone(err)
	}
	attempt.QuizId, attempt.CourseId, attempt.LessonId = quiz.String(), course.String(), lesson.String()
	attempt.UserId, attempt.EnrollmentId = user.String(), enrollment.String()
	attempt.Status = grades.AttemptStatus(grades.AttemptStatus_value["ATTEMPT_STATUS_"+state])
	attempt.Score, attempt.MaxScore = float64(score)/100, float64(most)/100
	attempt.StartTime, attempt.EndTime = timestamppb.New(started), timestampOf(end)
	attempt.SubmitTime, attempt.GradeTime = timestampOf(submitted), timestampOf(graded)
	if seconds != nil {
		attempt.TimeSpent = &durationpb.Duration{Seconds: *seconds}
	}
	return nil
}

func timestampOf(moment *time.Time) *timestamppb.Timestamp {
	if moment == nil {
		return nil
	}
	return timestamppb.New(*moment)
}

// submit grades what was saved and what comes with the request, and writes it with all that follows: the answers, the
// attempt, its history, the event, the score and the mark that has the grade worked out.
func submit(
	ctx context.Context, tx pgx.Tx, attempt *grades.Attempt, paper *paper, responses map[string]*response,
	given []*grades.Answer,
) error {
	if err := paper.take(responses, given); err != nil {
		return err
	}
	now := time.Now().UTC().Truncate(time.Microsecond)
	batch := &pgx.Batch{}
	score, most, err := queueResponses(batch, attempt.GetId(), paper, responses, now)
	if err != nil {
		return err
	}
	attempt.Status = grades.AttemptStatus_ATTEMPT_STATUS_GRADED
	attempt.Score, attempt.MaxScore = float64(score)/100, float64(most)/100
	attempt.Passed = paper.passes(score, most)
	attempt.TimeSpent = &durationpb.Duration{Seconds: max(0, int64(now.Sub(attempt.GetStartTime().AsTime()).Seconds()))}
	attempt.SubmitTime, attempt.GradeTime = timestamppb.New(now), timestamppb.New(now)
	course, user, quiz := attempt.GetCourseId(), attempt.GetUserId(), attempt.GetQuizId()
	batch.Queue(saveAttempt, attempt.GetId(), score, most, attempt.GetPassed(), attempt.GetTimeSpent().GetSeconds(), now)
	batch.Queue(saveChange, uuid.Must(uuid.NewV7()).String(), attempt.GetId(), user, score, most, attempt.GetQuizVersion(), now)
	event := &grades.QuizGraded{
		AttemptId: attempt.GetId(), QuizId: quiz, CourseId: course, LessonId: attempt.GetLessonId(), UserId: user,
		EnrollmentId: attempt.GetEnrollmentId(), Passed: attempt.GetPassed(), Score: attempt.GetScore(),
		MaxScore: attempt.GetMaxScore()}
	if err := queueEvent(batch, user, attempt.GetId(), event); err != nil {
		return err
	}
	batch.Queue(saveItem, quiz, course, paper.version.GetTitle(), paper.version.GetTotalPoints(), attempt.GetQuizVersion())
	batch.Queue(saveScore, course, user, quiz)
	batch.Queue(markGrade, course, user, now)
	return tx.SendBatch(ctx, batch).Close()
}

func queueResponses(
	batch *pgx.Batch, attempt string, paper *paper, responses map[string]*response, now time.Time,
) (score, most int64, err error) {
	var ids, questions []string
	var answers []*string
	var correct []bool
	var points []int64
	var worth []int32
	for _, question := range paper.questions {
		found := responses[question.GetId()]
		if found == nil {
			found = &response{}
			responses[question.GetId()] = found
		}
		var text *string
		if found.answer != nil {
			written, err := protojson.Marshal(found.answer)
			if err != nil {
				return 0, 0, fmt.Errorf("an answer that is none: %w", err)
			}
			kept := string(written)
			text = &kept
		}
		found.points, found.correct = question.mark(found.answer)
		score, most = score+found.points, most+int64(question.GetPoints())*100
		ids, questions = append(ids, uuid.Must(uuid.NewV7()).String()), append(questions, question.GetId())
		answers, correct = append(answers, text), append(correct, found.correct)
		points, worth = append(points, found.points), append(worth, question.GetPoints())
	}
	batch.Queue(saveResponses, attempt, ids, questions, answers, correct, points, now, worth)
	return score, most, nil
}
