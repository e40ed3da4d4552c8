@NullMarked
package org.aula.kernel.idempotency;

import org.jspecify.annotations.NullMarked;
