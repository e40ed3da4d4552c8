@NullMarked
package org.aula.grades.paper;

import org.jspecify.annotations.NullMarked;
