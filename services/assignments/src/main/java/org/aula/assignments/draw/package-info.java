/// Questions by chance.
@NullMarked
package org.aula.assignments.draw;

import org.jspecify.annotations.NullMarked;
