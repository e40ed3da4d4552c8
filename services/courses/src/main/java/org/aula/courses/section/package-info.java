/// The parts of a course.
@NullMarked
package org.aula.courses.section;

import org.jspecify.annotations.NullMarked;
