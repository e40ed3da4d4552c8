/// What learners think of courses.
@NullMarked
package org.aula.bff.reviews;

import org.jspecify.annotations.NullMarked;
