/// Names in the order in which people look for them.
@NullMarked
package org.aula.kernel.sort;

import org.jspecify.annotations.NullMarked;
