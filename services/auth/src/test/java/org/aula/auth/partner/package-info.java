@NullMarked
package org.aula.auth.partner;

import org.jspecify.annotations.NullMarked;
