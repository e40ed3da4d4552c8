@NullMarked
package org.aula.assignments.course;

import org.jspecify.annotations.NullMarked;
