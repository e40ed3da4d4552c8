@NullMarked
package org.aula.auth.limit;

import org.jspecify.annotations.NullMarked;
