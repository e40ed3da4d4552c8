@NullMarked
package org.aula.enrollments.progress;

import org.jspecify.annotations.NullMarked;
