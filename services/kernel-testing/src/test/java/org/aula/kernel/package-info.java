@NullMarked
package org.aula.kernel;

import org.jspecify.annotations.NullMarked;
