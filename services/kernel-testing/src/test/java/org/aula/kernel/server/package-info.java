@NullMarked
package org.aula.kernel.server;

import org.jspecify.annotations.NullMarked;
