/// The mail server.
@NullMarked
package org.aula.notifications.smtp;

import org.jspecify.annotations.NullMarked;
