@NullMarked
package org.aula.kernel.client;

import org.jspecify.annotations.NullMarked;
