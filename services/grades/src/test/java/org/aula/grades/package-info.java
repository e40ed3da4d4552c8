@NullMarked
package org.aula.grades;

import org.jspecify.annotations.NullMarked;
