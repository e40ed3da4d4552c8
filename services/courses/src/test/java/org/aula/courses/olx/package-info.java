@NullMarked
package org.aula.courses.olx;

import org.jspecify.annotations.NullMarked;
