@NullMarked
package org.aula.kernel.contract;

import org.jspecify.annotations.NullMarked;
