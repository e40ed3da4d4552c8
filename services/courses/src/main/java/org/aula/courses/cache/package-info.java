/// What visitors read again and again, kept in Redis.
@NullMarked
package org.aula.courses.cache;

import org.jspecify.annotations.NullMarked;
