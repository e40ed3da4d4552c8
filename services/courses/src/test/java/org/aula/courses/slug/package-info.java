@NullMarked
package org.aula.courses.slug;

import org.jspecify.annotations.NullMarked;
