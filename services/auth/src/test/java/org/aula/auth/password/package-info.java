@NullMarked
package org.aula.auth.password;

import org.jspecify.annotations.NullMarked;
