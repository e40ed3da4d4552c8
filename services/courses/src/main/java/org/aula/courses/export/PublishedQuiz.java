package org.aula.courses.export;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// A quiz that learners take.
///
/// @param document the contract's QuizVersion, with keys
@MappedEntity("quizzes")
@SuppressWarnings("ArrayRecordComponent")
record PublishedQuiz(UUID id, byte[] document) {}
