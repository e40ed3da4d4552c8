@NullMarked
package org.aula.courses.category;

import org.jspecify.annotations.NullMarked;
