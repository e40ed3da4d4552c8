@NullMarked
package org.aula.users.registration;

import org.jspecify.annotations.NullMarked;
