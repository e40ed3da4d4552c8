package org.aula.grades.attempt;

import java.util.List;

/// An attempt with what it has for its questions; one that was never answered has nothing.
record AttemptWithResponses(Attempt attempt, List<Response> responses) {}
