package org.aula.bench.spring;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.enrollments.v1.CreateEnrollmentRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentResponse;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.EnrollmentServiceGrpc;
import org.aula.api.enrollments.v1.EnrollmentSource;
import org.aula.api.enrollments.v1.EnrollmentStatus;
import org.aula.api.enrollments.v1.UserEnrolled;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.grpc.server.service.GrpcService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Enrolls as the platform does, in one transaction: the enrollment and its key, both events, the answer
/// under the request's id.
@GrpcService
class EnrollmentPeer extends EnrollmentServiceGrpc.EnrollmentServiceImplBase {

    private static final String METHOD = "aula.enrollments.v1.EnrollmentService/CreateEnrollment";
    private static final JsonFormat.Printer JSON =
            JsonFormat.printer().omittingInsignificantWhitespace().preservingProtoFieldNames();

    private record Kept(byte[] hash, byte[] response) {}

    private record CatalogCourse(String status, long price) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    EnrollmentPeer(
            @Qualifier("enrollments") JdbcClient jdbc, @Qualifier("enrollments") TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public void createEnrollment(CreateEnrollmentRequest request, StreamObserver<CreateEnrollmentResponse> observer) {
        var caller = Caller.current();
        if (caller == null) {
            throw refused(Status.UNAUTHENTICATED, "authentication required");
        }
        observer.onNext(transactions.execute(status -> enroll(caller.id(), request)));
        observer.onCompleted();
    }

    private CreateEnrollmentResponse enroll(String user, CreateEnrollmentRequest request) {
        jdbc.sql("SELECT set_config('aula.caller', :user, true), set_config('aula.scope', 'own', true)")
                .param("user", user)
                .query()
                .singleRow();
        var hash = sha256(request.getCourseId());
        var requestId = UUID.fromString(request.getRequestId());
        var kept = kept(user, requestId);
        if (kept != null) {
            return replay(kept, hash);
        }
        requireFree(UUID.fromString(request.getCourseId()));
        requirePrerequisites(UUID.fromString(user), UUID.fromString(request.getCourseId()));
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var made = Enrollment.newBuilder()
                .setId(UuidCreator.getTimeOrderedEpoch().toString())
                .setUserId(user)
                .setCourseId(request.getCourseId())
                .setStatus(EnrollmentStatus.ENROLLMENT_STATUS_ENROLLED)
                .setSource(EnrollmentSource.ENROLLMENT_SOURCE_FREE)
                .setCreateTime(timestamp(now))
                .setEtag("1")
                .build();
        insert(made, now);
        append(user, made.getId(), enrolled(made));
        append(user, made.getId(), audited(made));
        var answer = CreateEnrollmentResponse.newBuilder().setEnrollment(made).build();
        jdbc.sql("""
                        INSERT INTO idempotency_keys (caller, method, request_id, request_hash, response)
                        VALUES (:user, :method, :id, :hash, :response)
                        """)
                .param("user", user)
                .param("method", METHOD)
                .param("id", requestId)
                .param("hash", hash)
                .param("response", answer.toByteArray())
                .update();
        return answer;
    }

    private Kept kept(String user, UUID requestId) {
        var free = jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, 1))")
                .param("key", user + " " + METHOD + " " + requestId)
                .query(Boolean.class)
                .single();
        if (!free) {
            throw refused(Status.ABORTED, "a request with this key is in progress");
        }
        return jdbc.sql("""
                        SELECT request_hash, response FROM idempotency_keys
                        WHERE caller = :user AND method = :method AND request_id = :id
                        """)
                .param("user", user)
                .param("method", METHOD)
                .param("id", requestId)
                .query((row, number) -> new Kept(row.getBytes(1), row.getBytes(2)))
                .optional()
                .orElse(null);
    }

    private static CreateEnrollmentResponse replay(Kept kept, byte[] hash) {
        if (!Arrays.equals(kept.hash(), hash)) {
            throw refused(Status.INVALID_ARGUMENT, "this request id was used before with other contents");
        }
        try {
            return CreateEnrollmentResponse.parseFrom(kept.response());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void requireFree(UUID courseId) {
        var course = jdbc.sql("SELECT status, price_minor FROM courses_api.courses WHERE id = :id")
                .param("id", courseId)
                .query((row, number) -> new CatalogCourse(row.getString(1), row.getLong(2)))
                .optional()
                .filter(found -> found.status().equals("PUBLISHED"))
                .orElseThrow(() -> refused(Status.NOT_FOUND, "the catalog has no such course"));
        if (course.price() > 0) {
            throw refused(Status.FAILED_PRECONDITION, "this course costs");
        }
    }

    private void requirePrerequisites(UUID user, UUID course) {
        var missing = jdbc.sql("""
                        SELECT p.prerequisite_id FROM courses_api.course_prerequisites p
                        WHERE p.course_id = :course AND NOT EXISTS (
                            SELECT FROM enrollment_keys k JOIN enrollments e ON e.id = k.enrollment_id
                            WHERE k.user_id = :user AND k.course_id = p.prerequisite_id
                                AND e.completed_at IS NOT NULL AND e.status <> 'REFUNDED')
                        """)
                .param("course", course)
                .param("user", user)
                .query(UUID.class)
                .list();
        if (!missing.isEmpty()) {
            throw refused(Status.FAILED_PRECONDITION, "complete first what this course asks for");
        }
    }

    private void takeSeat(UUID course) {
        var taken = jdbc.sql("""
                        INSERT INTO course_seats AS s (course_id, taken) VALUES (:course, 1)
                        ON CONFLICT (course_id) DO UPDATE SET taken = s.taken + 1
                        WHERE coalesce(
                            s.taken + s.offered + s.waiting
                                < (SELECT max_students FROM courses_api.courses WHERE id = :course),
                            true)
                        """).param("course", course).update();
        if (taken == 0) {
            throw refused(Status.FAILED_PRECONDITION, "no seat is free");
        }
    }

    private void insert(Enrollment made, Instant now) {
        var user = UUID.fromString(made.getUserId());
        var course = UUID.fromString(made.getCourseId());
        var id = UUID.fromString(made.getId());
        var taken = jdbc.sql("""
                        INSERT INTO enrollment_keys (user_id, course_id, enrollment_id) VALUES (:user, :course, :id)
                        ON CONFLICT (user_id, course_id) DO NOTHING
                        """).param("user", user).param("course", course).param("id", id).update();
        if (taken == 0) {
            throw refused(Status.ALREADY_EXISTS, "you are enrolled in this course");
        }
        takeSeat(course);
        jdbc.sql("""
                        INSERT INTO enrollments (id, user_id, course_id, status, source, version, created_at, updated_at)
                        VALUES (:id, :user, :course, 'ENROLLED', 'FREE', 1, :now, :now)
                        """)
                .param("id", id)
                .param("user", user)
                .param("course", course)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private void append(String user, String key, Message event) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var type = event.getDescriptorForType().getFullName();
        var envelope = EventEnvelope.newBuilder()
                .setEventId(id.toString())
                .setType(type)
                .setOccurredAt(timestamp(Instant.now()))
                .setActor(user)
                .setKey(key)
                .setPayload(Any.pack(event))
                .build();
        jdbc.sql("INSERT INTO outbox (event_id, type, key, envelope) VALUES (:id, :type, :key, :envelope)")
                .param("id", id)
                .param("type", type)
                .param("key", key)
                .param("envelope", envelope.toByteArray())
                .update();
    }

    private static UserEnrolled enrolled(Enrollment made) {
        return UserEnrolled.newBuilder()
                .setEnrollmentId(made.getId())
                .setUserId(made.getUserId())
                .setCourseId(made.getCourseId())
                .setSource(made.getSource())
                .build();
    }

    private static AuditRecorded audited(Enrollment made) {
        var entry = AuditRecorded.newBuilder()
                .setAction("enrollment.create")
                .setResourceType("enrollment")
                .setResourceId(made.getId())
                .setRequestId(UUID.randomUUID().toString())
                .setMethod(METHOD);
        try {
            for (var field : made.getAllFields().entrySet()) {
                var alone = Enrollment.newBuilder().setField(field.getKey(), field.getValue()).build();
                var text = JSON.print(alone);
                entry.addChangesBuilder()
                        .setPath(field.getKey().getName())
                        .setAfterJson(text.substring(text.indexOf(':') + 1, text.length() - 1));
            }
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
        return entry.build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static StatusRuntimeException refused(Status status, String text) {
        return status.withDescription(text).asRuntimeException();
    }
}
