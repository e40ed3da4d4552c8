@NullMarked
package org.aula.kernel.mongo;

import org.jspecify.annotations.NullMarked;
