/// Orders that name every item exactly once.
@NullMarked
package org.aula.courses.order;

import org.jspecify.annotations.NullMarked;
