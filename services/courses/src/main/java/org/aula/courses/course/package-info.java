/// The course itself: its states, who sees it, how it is listed.
@NullMarked
package org.aula.courses.course;

import org.jspecify.annotations.NullMarked;
