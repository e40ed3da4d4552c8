@NullMarked
package org.aula.migrate;

import org.jspecify.annotations.NullMarked;
