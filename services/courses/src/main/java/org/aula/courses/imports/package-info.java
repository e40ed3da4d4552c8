/// Making a draft out of an archive that another platform exported.
@NullMarked
package org.aula.courses.imports;

import org.jspecify.annotations.NullMarked;
