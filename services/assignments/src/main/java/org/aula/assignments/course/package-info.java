/// Courses as far as they decide who may do what here.
@NullMarked
package org.aula.assignments.course;

import org.jspecify.annotations.NullMarked;
