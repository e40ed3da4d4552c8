@NullMarked
package org.aula.enrollments.enrollment;

import org.jspecify.annotations.NullMarked;
