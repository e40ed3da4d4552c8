@NullMarked
package org.aula.courses.section;

import org.jspecify.annotations.NullMarked;
