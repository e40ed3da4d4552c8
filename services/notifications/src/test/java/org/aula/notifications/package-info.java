@NullMarked
package org.aula.notifications;

import org.jspecify.annotations.NullMarked;
