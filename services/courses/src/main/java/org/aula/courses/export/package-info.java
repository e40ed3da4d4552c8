/// Writing a course as one archive, and reading such an archive again.
@NullMarked
package org.aula.courses.export;

import org.jspecify.annotations.NullMarked;
