@NullMarked
package org.aula.assignments.quiz;

import org.jspecify.annotations.NullMarked;
