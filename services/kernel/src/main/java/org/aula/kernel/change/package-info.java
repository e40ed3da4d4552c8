/// What all changes of resources have in common: before and after, etags, and update masks.
@NullMarked
package org.aula.kernel.change;

import org.jspecify.annotations.NullMarked;
