/// Signing in and the one who is signed in.
@NullMarked
package org.aula.bff.accounts;

import org.jspecify.annotations.NullMarked;
