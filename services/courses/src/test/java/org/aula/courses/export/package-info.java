@NullMarked
package org.aula.courses.export;

import org.jspecify.annotations.NullMarked;
