package org.aula.grades.attempt;

import org.aula.api.grades.v1.QuizGraded;

/// Events that tell of attempts.
final class AttemptEvents {

    private AttemptEvents() {}

    static QuizGraded graded(Attempt attempt) {
        var lesson = attempt.lessonId();
        return QuizGraded.newBuilder()
                .setAttemptId(attempt.id().toString())
                .setQuizId(attempt.quizId().toString())
                .setCourseId(attempt.courseId().toString())
                .setLessonId(lesson == null ? "" : lesson.toString())
                .setUserId(attempt.userId().toString())
                .setEnrollmentId(attempt.enrollmentId().toString())
                .setPassed(Boolean.TRUE.equals(attempt.passed()))
                .setScore(attempt.score().doubleValue())
                .setMaxScore(attempt.maxScore().doubleValue())
                .build();
    }
}
