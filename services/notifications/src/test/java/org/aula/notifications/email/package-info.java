@NullMarked
package org.aula.notifications.email;

import org.jspecify.annotations.NullMarked;
