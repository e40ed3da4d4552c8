@NullMarked
package org.aula.kernel.time;

import org.jspecify.annotations.NullMarked;
