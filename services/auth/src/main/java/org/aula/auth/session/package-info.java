/// Signing in, staying signed in, signing out.
@NullMarked
package org.aula.auth.session;

import org.jspecify.annotations.NullMarked;
