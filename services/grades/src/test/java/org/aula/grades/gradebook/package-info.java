@NullMarked
package org.aula.grades.gradebook;

import org.jspecify.annotations.NullMarked;
