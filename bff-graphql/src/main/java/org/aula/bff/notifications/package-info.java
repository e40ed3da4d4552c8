/// Emails to people.
@NullMarked
package org.aula.bff.notifications;

import org.jspecify.annotations.NullMarked;
