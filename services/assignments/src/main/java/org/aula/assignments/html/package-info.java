/// What HTML may contain.
@NullMarked
package org.aula.assignments.html;

import org.jspecify.annotations.NullMarked;
