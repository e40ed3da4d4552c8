/// The queue of emails and their way out.
@NullMarked
package org.aula.notifications.delivery;

import org.jspecify.annotations.NullMarked;
