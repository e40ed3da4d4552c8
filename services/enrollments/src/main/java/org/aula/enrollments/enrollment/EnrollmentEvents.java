package org.aula.enrollments.enrollment;

import com.google.protobuf.Message;
import org.aula.api.enrollments.v1.CourseCompleted;
import org.aula.api.enrollments.v1.EnrollmentStatusChanged;
import org.aula.api.enrollments.v1.LessonCompleted;
import org.aula.api.enrollments.v1.UserEnrolled;

/// Events that tell of enrollments and of progress in them.
public final class EnrollmentEvents {

    private EnrollmentEvents() {}

    public static Message userEnrolled(Enrollment enrollment) {
        return UserEnrolled.newBuilder()
                .setEnrollmentId(enrollment.id().toString())
                .setUserId(enrollment.userId().toString())
                .setCourseId(enrollment.courseId().toString())
                .setSource(EnrollmentMapper.source(enrollment.source()))
                .build();
    }

    static Message statusChanged(Enrollment before, Enrollment after) {
        return EnrollmentStatusChanged.newBuilder()
                .setEnrollmentId(after.id().toString())
                .setUserId(after.userId().toString())
                .setCourseId(after.courseId().toString())
                .setFrom(EnrollmentMapper.toProto(before.status()))
                .setTo(EnrollmentMapper.toProto(after.status()))
                .build();
    }

    static Message lessonCompleted(Enrollment enrollment, LessonProgress progress) {
        return LessonCompleted.newBuilder()
                .setEnrollmentId(enrollment.id().toString())
                .setUserId(enrollment.userId().toString())
                .setCourseId(enrollment.courseId().toString())
                .setLessonId(progress.lessonId().toString())
                .setTimeSpentSeconds(progress.timeSpent().toSeconds())
                .build();
    }

    static Message courseCompleted(Enrollment enrollment) {
        return CourseCompleted.newBuilder()
                .setEnrollmentId(enrollment.id().toString())
                .setUserId(enrollment.userId().toString())
                .setCourseId(enrollment.courseId().toString())
                .build();
    }
}
