@NullMarked
package org.aula.kernel.redis;

import org.jspecify.annotations.NullMarked;
