/// Everything on one machine, in one JVM.
@NullMarked
package org.aula.local;

import org.jspecify.annotations.NullMarked;
