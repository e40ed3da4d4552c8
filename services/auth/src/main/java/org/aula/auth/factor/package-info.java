/// The second factor: codes of an authenticator app, and recovery codes.
@NullMarked
package org.aula.auth.factor;

import org.jspecify.annotations.NullMarked;
