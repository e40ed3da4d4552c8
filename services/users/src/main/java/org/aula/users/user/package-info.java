/// Users: rows, their list, and how they go and come back.
@NullMarked
package org.aula.users.user;

import org.jspecify.annotations.NullMarked;
