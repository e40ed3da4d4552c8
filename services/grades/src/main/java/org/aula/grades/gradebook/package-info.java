/// What the scores of a learner come to in a course, and why.
@NullMarked
package org.aula.grades.gradebook;

import org.jspecify.annotations.NullMarked;
