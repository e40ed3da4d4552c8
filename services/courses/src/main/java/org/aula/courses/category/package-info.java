/// The tree of subjects under which courses are found.
@NullMarked
package org.aula.courses.category;

import org.jspecify.annotations.NullMarked;
