/// Tests that look at the cache's own pieces.
@NullMarked
package org.aula.kernel.redis;

import org.jspecify.annotations.NullMarked;
