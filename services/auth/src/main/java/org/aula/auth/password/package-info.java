/// Passwords as they are kept.
@NullMarked
package org.aula.auth.password;

import org.jspecify.annotations.NullMarked;
