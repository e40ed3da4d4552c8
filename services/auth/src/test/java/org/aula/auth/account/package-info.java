@NullMarked
package org.aula.auth.account;

import org.jspecify.annotations.NullMarked;
