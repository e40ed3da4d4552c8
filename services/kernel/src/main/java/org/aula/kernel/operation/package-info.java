@NullMarked
package org.aula.kernel.operation;

import org.jspecify.annotations.NullMarked;
