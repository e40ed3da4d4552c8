@NullMarked
package org.aula.users.picture;

import org.jspecify.annotations.NullMarked;
