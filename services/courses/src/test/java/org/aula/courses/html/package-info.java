@NullMarked
package org.aula.courses.html;

import org.jspecify.annotations.NullMarked;
