@NullMarked
package org.aula.auth.session;

import org.jspecify.annotations.NullMarked;
