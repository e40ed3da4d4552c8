@NullMarked
package org.aula.courses.permutation;

import org.jspecify.annotations.NullMarked;
