@NullMarked
package org.aula.kernel.events;

import org.jspecify.annotations.NullMarked;
