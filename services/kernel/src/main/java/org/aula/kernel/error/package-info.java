@NullMarked
package org.aula.kernel.error;

import org.jspecify.annotations.NullMarked;
