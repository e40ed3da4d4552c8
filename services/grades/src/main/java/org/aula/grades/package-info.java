/// What learners did with quizzes and assignments, and what it is worth. The beans below exist only where
/// this service runs.
@Configuration
@Requires(property = "aula.service", value = "grades")
@NullMarked
package org.aula.grades;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
