@NullMarked
package org.aula.courses.cache;

import org.jspecify.annotations.NullMarked;
