@NullMarked
package org.aula.enrollments.bulk;

import org.jspecify.annotations.NullMarked;
