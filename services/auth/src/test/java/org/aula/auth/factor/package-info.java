@NullMarked
package org.aula.auth.factor;

import org.jspecify.annotations.NullMarked;
