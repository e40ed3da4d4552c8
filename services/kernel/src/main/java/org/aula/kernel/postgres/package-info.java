@NullMarked
package org.aula.kernel.postgres;

import org.jspecify.annotations.NullMarked;
