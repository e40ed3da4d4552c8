/// Tests that look at the events' own pieces.
@NullMarked
package org.aula.kernel.events;

import org.jspecify.annotations.NullMarked;
