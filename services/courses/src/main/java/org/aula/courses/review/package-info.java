/// What learners think of courses.
@NullMarked
package org.aula.courses.review;

import org.jspecify.annotations.NullMarked;
