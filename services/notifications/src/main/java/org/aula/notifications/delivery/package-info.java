/// The queue of letters and their way out.
@NullMarked
package org.aula.notifications.delivery;

import org.jspecify.annotations.NullMarked;
