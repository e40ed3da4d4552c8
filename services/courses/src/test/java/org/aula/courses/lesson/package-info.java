@NullMarked
package org.aula.courses.lesson;

import org.jspecify.annotations.NullMarked;
