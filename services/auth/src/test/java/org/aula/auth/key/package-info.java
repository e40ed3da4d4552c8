@NullMarked
package org.aula.auth.key;

import org.jspecify.annotations.NullMarked;
