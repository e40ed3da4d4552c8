@NullMarked
package org.aula.grades.submission;

import org.jspecify.annotations.NullMarked;
