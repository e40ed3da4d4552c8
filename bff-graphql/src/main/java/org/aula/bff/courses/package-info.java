/// Courses, their sections, and categories.
@NullMarked
package org.aula.bff.courses;

import org.jspecify.annotations.NullMarked;
