/// Work in several steps of which all have their effect, or none keeps it.
@NullMarked
package org.aula.kernel.saga;

import org.jspecify.annotations.NullMarked;
