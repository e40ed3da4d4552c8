@NullMarked
package org.aula.users.user;

import org.jspecify.annotations.NullMarked;
