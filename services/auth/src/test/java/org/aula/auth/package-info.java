@NullMarked
package org.aula.auth;

import org.jspecify.annotations.NullMarked;
