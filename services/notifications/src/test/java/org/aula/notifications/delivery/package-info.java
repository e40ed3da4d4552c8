@NullMarked
package org.aula.notifications.delivery;

import org.jspecify.annotations.NullMarked;
