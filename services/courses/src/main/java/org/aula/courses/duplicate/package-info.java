/// Making a draft out of another course.
@NullMarked
package org.aula.courses.duplicate;

import org.jspecify.annotations.NullMarked;
