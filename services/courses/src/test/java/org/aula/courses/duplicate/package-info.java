@NullMarked
package org.aula.courses.duplicate;

import org.jspecify.annotations.NullMarked;
