/// What requests bring beyond plain fields: masks and free JSON.
@NullMarked
package org.aula.users.input;

import org.jspecify.annotations.NullMarked;
