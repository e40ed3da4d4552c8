/// Processes that are killed at the worst moment, in a JVM of their own: no other test's services listen
/// beside them.
@NullMarked
package org.aula.local.crash;

import org.jspecify.annotations.NullMarked;
