@NullMarked
package org.aula.kernel.identity;

import org.jspecify.annotations.NullMarked;
