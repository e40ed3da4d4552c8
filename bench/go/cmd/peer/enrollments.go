package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/timestamppb"

	common "aula.example/bench/gen/aula/common/v1"
	enrollments "aula.example/bench/gen/aula/enrollments/v1"
)

const enrollMethod = "aula.enrollments.v1.EnrollmentService/CreateEnrollment"

const missingPrerequisites = `SELECT EXISTS (
	SELECT FROM courses_api.course_prerequisites p
	WHERE p.course_id = $1 AND NOT EXISTS (
		SELECT FROM enrollment_keys k JOIN enrollments e ON e.id = k.enrollment_id
		WHERE k.user_id = $2 AND k.course_id = p.prerequisite_id
			AND e.completed_at IS NOT NULL AND e.status <> 'REFUNDED'))`

const takeSeat = `INSERT INTO course_seats AS s (course_id, taken) VALUES ($1, 1)
	ON CONFLICT (course_id) DO UPDATE SET taken = s.taken + 1
	WHERE coalesce(
		s.taken + s.offered + s.waiting < (SELECT max_students FROM courses_api.courses WHERE id = $1), true)`

type enrollmentServer struct {
	enrollments.UnimplementedEnrollmentServiceServer
	pool *pgxpool.Pool
}

func (s *enrollmentServer) CreateEnrollment(
	ctx context.Context, request *enrollments.CreateEnrollmentRequest,
) (*enrollments.CreateEnrollmentResponse, error) {
	caller := callerOf(ctx)
	if caller == nil {
		return nil, status.Error(codes.Unauthenticated, "sign in first")
	}
	var answer *enrollments.CreateEnrollmentResponse
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		made, err := enroll(ctx, tx, caller.Subject, request)
		answer = made
		return err
	})
	return answer, err
}

// enroll writes what the platform writes, in one transaction: the enrollment, its key and its seat, both events, the
// answer under the request's id. It asks in one batch and writes in another.
func enroll(
	ctx context.Context, tx pgx.Tx, user string, request *enrollments.CreateEnrollmentRequest,
) (*enrollments.CreateEnrollmentResponse, error) {
	hash := sha256.Sum256([]byte(request.GetCourseId()))
	kept, err := begin(ctx, tx, user, request, hash[:])
	if kept != nil || err != nil {
		return kept, err
	}
	made := &enrollments.Enrollment{
		Id: uuid.Must(uuid.NewV7()).String(), UserId: user, CourseId: request.GetCourseId(), Etag: "1",
		Status:     enrollments.EnrollmentStatus_ENROLLMENT_STATUS_ENROLLED,
		Source:     enrollments.EnrollmentSource_ENROLLMENT_SOURCE_FREE,
		CreateTime: timestamppb.New(time.Now().UTC().Truncate(time.Microsecond)),
	}
	answer := &enrollments.CreateEnrollmentResponse{Enrollment: made}
	return answer, write(ctx, tx, user, request, answer, hash[:])
}

// begin opens the transaction for row-level security, takes the request's lock and looks for its first answer, the course
// and what it asks for.
func begin(
	ctx context.Context, tx pgx.Tx, user string, request *enrollments.CreateEnrollmentRequest, hash []byte,
) (*enrollments.CreateEnrollmentResponse, error) {
	var free bool
	var keptHash, response []byte
	var state string
	var price int64
	var missing bool
	batch := &pgx.Batch{}
	batch.Queue("SELECT set_config('aula.caller', $1, true), set_config('aula.scope', 'own', true)", user)
	batch.Queue("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 1))", user+" "+enrollMethod+" "+request.GetRequestId()).
		QueryRow(func(row pgx.Row) error { return row.Scan(&free) })
	batch.Queue("SELECT request_hash, response FROM idempotency_keys WHERE caller = $1 AND method = $2 AND request_id = $3",
		user, enrollMethod, request.GetRequestId()).
		QueryRow(func(row pgx.Row) error { return ignoreNone(row.Scan(&keptHash, &response)) })
	batch.Queue("SELECT status, price_minor FROM courses_api.courses WHERE id = $1", request.GetCourseId()).
		QueryRow(func(row pgx.Row) error { return ignoreNone(row.Scan(&state, &price)) })
	batch.Queue(missingPrerequisites, request.GetCourseId(), user).
		QueryRow(func(row pgx.Row) error { return row.Scan(&missing) })
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	switch {
	case !free:
		return nil, status.Error(codes.Aborted, "the same request is being worked on right now")
	case keptHash != nil && !bytes.Equal(keptHash, hash):
		return nil, status.Error(codes.InvalidArgument, "this request id was used before with other contents")
	case keptHash != nil:
		kept := &enrollments.CreateEnrollmentResponse{}
		return kept, proto.Unmarshal(response, kept)
	case state != "PUBLISHED":
		return nil, status.Error(codes.NotFound, "the catalog has no such course")
	case price > 0:
		return nil, status.Error(codes.FailedPrecondition, "this course costs")
	case missing:
		return nil, status.Error(codes.FailedPrecondition, "complete first what this course asks for")
	}
	return nil, nil
}

func ignoreNone(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}

// orRefuse refuses when a statement changed nothing; then the transaction is rolled back, whatever followed.
func orRefuse(code codes.Code, why string) func(pgconn.CommandTag) error {
	return func(changed pgconn.CommandTag) error {
		if changed.RowsAffected() == 0 {
			return status.Error(code, why)
		}
		return nil
	}
}

func write(
	ctx context.Context, tx pgx.Tx, user string, request *enrollments.CreateEnrollmentRequest,
	answer *enrollments.CreateEnrollmentResponse, hash []byte,
) error {
	made := answer.GetEnrollment()
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO enrollment_keys (user_id, course_id, enrollment_id) VALUES ($1, $2, $3)
		ON CONFLICT (user_id, course_id) DO NOTHING`, user, made.GetCourseId(), made.GetId()).
		Exec(orRefuse(codes.AlreadyExists, "you are enrolled in this course"))
	batch.Queue(takeSeat, made.GetCourseId()).Exec(orRefuse(codes.FailedPrecondition, "no seat is free"))
	batch.Queue(`INSERT INTO enrollments (id, user_id, course_id, status, source, version, created_at, updated_at)
		VALUES ($1, $2, $3, 'ENROLLED', 'FREE', 1, $4, $4)`, made.GetId(), user, made.GetCourseId(), made.GetCreateTime().AsTime())
	changes, err := changesOf(made)
	if err != nil {
		return err
	}
	address := ""
	if client, ok := peer.FromContext(ctx); ok {
		address = client.Addr.String()
	}
	enrolled := &enrollments.UserEnrolled{
		EnrollmentId: made.GetId(), UserId: user, CourseId: made.GetCourseId(), Source: made.GetSource()}
	audited := &common.AuditRecorded{Action: "enrollment.create", ResourceType: "enrollment", ResourceId: made.GetId(),
		Changes: changes, RequestId: uuid.NewString(), IpAddress: address, Method: enrollMethod}
	for _, event := range []proto.Message{enrolled, audited} {
		if err := queueEvent(batch, user, made.GetId(), event); err != nil {
			return err
		}
	}
	response, err := proto.Marshal(answer)
	if err != nil {
		return err
	}
	batch.Queue(`INSERT INTO idempotency_keys (caller, method, request_id, request_hash, response)
		VALUES ($1, $2, $3, $4, $5)`, user, enrollMethod, request.GetRequestId(), hash, response)
	return tx.SendBatch(ctx, batch).Close()
}

func queueEvent(batch *pgx.Batch, user, key string, event proto.Message) error {
	payload, err := anypb.New(event)
	if err != nil {
		return err
	}
	id := uuid.Must(uuid.NewV7()).String()
	kind := string(event.ProtoReflect().Descriptor().FullName())
	envelope, err := proto.Marshal(&common.EventEnvelope{
		EventId: id, Type: kind, OccurredAt: timestamppb.Now(), Actor: user, Key: key, Payload: payload})
	if err != nil {
		return err
	}
	batch.Queue("INSERT INTO outbox (event_id, type, key, envelope) VALUES ($1, $2, $3, $4)", id, kind, key, envelope)
	return nil
}

// changesOf lists the fields of a new resource with their values, for the audit log.
func changesOf(message proto.Message) ([]*common.FieldChange, error) {
	text, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(message)
	if err != nil {
		return nil, err
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(text, &values); err != nil {
		return nil, err
	}
	var changes []*common.FieldChange
	fields := message.ProtoReflect().Descriptor().Fields()
	for i := range fields.Len() {
		name := string(fields.Get(i).Name())
		if value, set := values[name]; set {
			changes = append(changes, &common.FieldChange{Path: name, AfterJson: string(value)})
		}
	}
	return changes, nil
}
