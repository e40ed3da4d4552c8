/// How an account becomes a user, or leaves nothing behind.
@NullMarked
package org.aula.users.registration;

import org.jspecify.annotations.NullMarked;
