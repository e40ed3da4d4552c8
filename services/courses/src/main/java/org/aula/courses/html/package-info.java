/// HTML that people wrote and others will read.
@NullMarked
package org.aula.courses.html;

import org.jspecify.annotations.NullMarked;
