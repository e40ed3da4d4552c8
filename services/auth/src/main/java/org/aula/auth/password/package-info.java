/// Passwords: as they are kept, proved and changed.
@NullMarked
package org.aula.auth.password;

import org.jspecify.annotations.NullMarked;
