package org.aula.grades.submission;

import org.aula.api.grades.v1.AssignmentGraded;

/// Events that tell of submissions.
final class SubmissionEvents {

    private SubmissionEvents() {}

    static AssignmentGraded graded(Submission submission) {
        var lesson = submission.lessonId();
        return AssignmentGraded.newBuilder()
                .setSubmissionId(submission.id().toString())
                .setFileAssignmentId(submission.fileAssignmentId().toString())
                .setCourseId(submission.courseId().toString())
                .setLessonId(lesson == null ? "" : lesson.toString())
                .setUserId(submission.userId().toString())
                .setEnrollmentId(submission.enrollmentId().toString())
                .setPassed(Boolean.TRUE.equals(submission.passed()))
                .setScore(submission.score().doubleValue())
                .setMaxScore(submission.maxScore().doubleValue())
                .build();
    }
}
