@NullMarked
package org.aula.courses.tag;

import org.jspecify.annotations.NullMarked;
