/// Changes of an account: its state, its address, its password; with the sessions and emails that follow.
@NullMarked
package org.aula.auth.administration;

import org.jspecify.annotations.NullMarked;
