/// Enrollments and progress.
@NullMarked
package org.aula.bff.enrollments;

import org.jspecify.annotations.NullMarked;
