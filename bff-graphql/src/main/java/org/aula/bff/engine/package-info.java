/// The schema's machinery: scalars, global ids, limits, errors, and how fields are bound to code.
@NullMarked
package org.aula.bff.engine;

import org.jspecify.annotations.NullMarked;
