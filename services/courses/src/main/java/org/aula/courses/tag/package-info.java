/// Words that courses are found by.
@NullMarked
package org.aula.courses.tag;

import org.jspecify.annotations.NullMarked;
