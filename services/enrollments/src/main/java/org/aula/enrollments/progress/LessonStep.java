package org.aula.enrollments.progress;

import java.time.Instant;

/// A step of a lesson that a learner has done.
record LessonStep(String name, Instant completedAt) {}
