/// Lessons and what they teach.
@NullMarked
package org.aula.bff.lessons;

import org.jspecify.annotations.NullMarked;
