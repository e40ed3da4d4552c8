/// Who teaches a course, and who learns it.
@NullMarked
package org.aula.grades.course;

import org.jspecify.annotations.NullMarked;
