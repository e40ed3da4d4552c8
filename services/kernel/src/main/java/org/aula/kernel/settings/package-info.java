/// Where everything is that a process talks to.
@NullMarked
package org.aula.kernel.settings;

import org.jspecify.annotations.NullMarked;
