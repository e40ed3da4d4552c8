@NullMarked
package org.aula.enrollments.certificate;

import org.jspecify.annotations.NullMarked;
