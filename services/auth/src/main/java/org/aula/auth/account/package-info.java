/// Accounts, with the roles and permissions that they hold.
@NullMarked
package org.aula.auth.account;

import org.jspecify.annotations.NullMarked;
