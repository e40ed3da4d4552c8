package org.aula.enrollments.enrollment;

import com.google.protobuf.Duration;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.aula.api.enrollments.v1.CompleteLessonStepRequest;
import org.aula.api.enrollments.v1.CreateLessonNoteRequest;
import org.aula.api.enrollments.v1.DeleteLessonNoteRequest;
import org.aula.api.enrollments.v1.Enrollment;
import org.aula.api.enrollments.v1.GetLessonProgressRequest;
import org.aula.api.enrollments.v1.GetLessonStepsRequest;
import org.aula.api.enrollments.v1.LessonNote;
import org.aula.api.enrollments.v1.LessonStanding;
import org.aula.api.enrollments.v1.LessonStep;
import org.aula.api.enrollments.v1.ListLessonNotesRequest;
import org.aula.api.enrollments.v1.ListLessonNotesResponse;
import org.aula.api.enrollments.v1.ProgressServiceGrpc;
import org.aula.api.enrollments.v1.ProgressServiceGrpc.ProgressServiceBlockingStub;
import org.aula.api.enrollments.v1.RestartLessonRequest;
import org.aula.api.enrollments.v1.StreamProgressRequest;
import org.aula.api.enrollments.v1.StreamProgressResponse;
import org.aula.api.enrollments.v1.UpdateLessonNoteRequest;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;

/// ProgressService in a test's words, as one caller.
record ProgressCalls(Channel channel) {

    static ProgressCalls as(TestPlatform platform, TestUser user) {
        return new ProgressCalls(platform.as(user, "enrollments"));
    }

    /// A stream of heartbeats that a test sends one by one.
    record Stream(StreamObserver<StreamProgressRequest> out, CompletableFuture<StreamProgressResponse> answered) {

        Stream beat(String enrollmentId, String lessonId, long position, long spent) {
            out.onNext(StreamProgressRequest.newBuilder()
                    .setEnrollmentId(enrollmentId)
                    .setLessonId(lessonId)
                    .setPosition(seconds(position))
                    .setTimeSpent(seconds(spent))
                    .build());
            return this;
        }

        StreamProgressResponse end() throws Exception {
            out.onCompleted();
            return answer();
        }

        /// Waits for the answer, or throws the refusal.
        StreamProgressResponse answer() throws Exception {
            try {
                return answered.join();
            } catch (CompletionException refused) {
                throw (Exception) refused.getCause();
            }
        }
    }

    Stream stream() {
        var answer = new CompletableFuture<StreamProgressResponse>();
        var out = ProgressServiceGrpc.newStub(channel).streamProgress(new StreamObserver<>() {
            @Override
            public void onNext(StreamProgressResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable refusal) {
                answer.completeExceptionally(refusal);
            }

            @Override
            public void onCompleted() {}
        });
        return new Stream(out, answer);
    }

    ProgressServiceBlockingStub stub() {
        return ProgressServiceGrpc.newBlockingStub(channel);
    }

    LessonStanding get(Enrollment enrollment, String lessonId) {
        return stub().getLessonProgress(GetLessonProgressRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(lessonId)
                        .build())
                .getStanding();
    }

    LessonStanding restart(Enrollment enrollment, String lessonId, String requestId) {
        return stub().restartLesson(RestartLessonRequest.newBuilder()
                        .setRequestId(requestId)
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(lessonId)
                        .build())
                .getStanding();
    }

    LessonNote note(Enrollment enrollment, String lessonId, long position, String text) {
        return note(enrollment, lessonId, position, text, UUID.randomUUID().toString());
    }

    LessonNote note(Enrollment enrollment, String lessonId, long position, String text, String requestId) {
        return stub().createLessonNote(CreateLessonNoteRequest.newBuilder()
                        .setRequestId(requestId)
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(lessonId)
                        .setPosition(seconds(position))
                        .setText(text)
                        .build())
                .getNote();
    }

    ListLessonNotesResponse notes(Enrollment enrollment, String lessonId, int size, String token) {
        return stub().listLessonNotes(ListLessonNotesRequest.newBuilder()
                .setEnrollmentId(enrollment.getId())
                .setLessonId(lessonId)
                .setPageSize(size)
                .setPageToken(token)
                .build());
    }

    LessonNote rewrite(Enrollment enrollment, LessonNote note, String etag, String text) {
        return stub().updateLessonNote(UpdateLessonNoteRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(note.getLessonId())
                        .setNoteId(note.getId())
                        .setEtag(etag)
                        .setText(text)
                        .setUpdateMask(
                                com.google.protobuf.FieldMask.newBuilder().addPaths("text"))
                        .build())
                .getNote();
    }

    Object delete(Enrollment enrollment, LessonNote note) {
        return stub().deleteLessonNote(DeleteLessonNoteRequest.newBuilder()
                .setEnrollmentId(enrollment.getId())
                .setLessonId(note.getLessonId())
                .setNoteId(note.getId())
                .build());
    }

    List<LessonStep> step(Enrollment enrollment, String lessonId, String step) {
        return stub().completeLessonStep(CompleteLessonStepRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(lessonId)
                        .setStep(step)
                        .build())
                .getStepsList();
    }

    List<LessonStep> steps(Enrollment enrollment, String lessonId) {
        return stub().getLessonSteps(GetLessonStepsRequest.newBuilder()
                        .setEnrollmentId(enrollment.getId())
                        .setLessonId(lessonId)
                        .build())
                .getStepsList();
    }

    static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
