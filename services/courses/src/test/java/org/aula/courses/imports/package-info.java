@NullMarked
package org.aula.courses.imports;

import org.jspecify.annotations.NullMarked;
