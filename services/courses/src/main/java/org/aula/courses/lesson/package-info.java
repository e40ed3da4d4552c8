/// Lessons, and what they teach.
@NullMarked
package org.aula.courses.lesson;

import org.jspecify.annotations.NullMarked;
