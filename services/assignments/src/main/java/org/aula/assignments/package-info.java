/// What learners are asked: quizzes with their questions and banks, and work to hand in as files. One
/// package for each resource.
@Configuration
@Requires(property = "aula.service", value = "assignments")
@NullMarked
package org.aula.assignments;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
