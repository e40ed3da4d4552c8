package org.aula.grades.grading;

import java.time.Instant;
import java.util.UUID;
import org.aula.grades.attempt.Response;

/// An answer that waits for a person, with what is known of its attempt.
record PendingRow(Response response, UUID quizId, int quizVersion, UUID userId, Instant submittedAt) {}
