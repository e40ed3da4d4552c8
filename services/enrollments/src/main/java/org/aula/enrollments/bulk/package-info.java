/// Many enrollments at once, out of a CSV.
@NullMarked
package org.aula.enrollments.bulk;

import org.jspecify.annotations.NullMarked;
