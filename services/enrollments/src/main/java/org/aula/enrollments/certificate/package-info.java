/// Certificates: issued once with the completion of a course, printed as PDF, verified by anybody.
@NullMarked
package org.aula.enrollments.certificate;

import org.jspecify.annotations.NullMarked;
