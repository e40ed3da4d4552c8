/// What a person wants to hear of.
@NullMarked
package org.aula.users.preferences;

import org.jspecify.annotations.NullMarked;
