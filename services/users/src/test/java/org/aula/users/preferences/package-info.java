@NullMarked
package org.aula.users.preferences;

import org.jspecify.annotations.NullMarked;
