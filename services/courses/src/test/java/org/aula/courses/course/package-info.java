@NullMarked
package org.aula.courses.course;

import org.jspecify.annotations.NullMarked;
