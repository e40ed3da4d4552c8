@NullMarked
package org.aula.kernel.saga;

import org.jspecify.annotations.NullMarked;
