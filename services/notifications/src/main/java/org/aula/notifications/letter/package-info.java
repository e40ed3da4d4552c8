/// What letters say.
@NullMarked
package org.aula.notifications.letter;

import org.jspecify.annotations.NullMarked;
