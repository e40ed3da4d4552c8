/// People as the platform knows them: rows, profiles, settings, what they did.
@NullMarked
package org.aula.bff.users;

import org.jspecify.annotations.NullMarked;
