/// Visitors become accounts, and users elsewhere, as a whole or not at all.
@NullMarked
package org.aula.auth.registration;

import org.jspecify.annotations.NullMarked;
