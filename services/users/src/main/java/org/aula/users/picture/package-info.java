/// Pictures of people that the content service keeps.
@NullMarked
package org.aula.users.picture;

import org.jspecify.annotations.NullMarked;
