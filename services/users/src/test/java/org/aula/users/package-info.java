@NullMarked
package org.aula.users;

import org.jspecify.annotations.NullMarked;
