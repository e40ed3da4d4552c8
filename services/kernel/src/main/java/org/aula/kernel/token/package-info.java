/// Access tokens: verified, and known as stale once the rights in them changed.
@NullMarked
package org.aula.kernel.token;

import org.jspecify.annotations.NullMarked;
