/// What persons grade, and grading once more when keys have changed.
@NullMarked
package org.aula.grades.grading;

import org.jspecify.annotations.NullMarked;
