/// Server streams: who listens to what in this process, fed by one reader of the service's events.
@NullMarked
package org.aula.kernel.stream;

import org.jspecify.annotations.NullMarked;
