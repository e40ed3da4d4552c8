@NullMarked
package org.aula.auth.mail;

import org.jspecify.annotations.NullMarked;
