@NullMarked
package org.aula.auth.registration;

import org.jspecify.annotations.NullMarked;
