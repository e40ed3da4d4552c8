/// Partners: programs of others that call for themselves, by OAuth 2 client credentials.
@NullMarked
package org.aula.auth.partner;

import org.jspecify.annotations.NullMarked;
