/// Files of courses: read from and stored through the content service, with a journal for undoing it.
@NullMarked
package org.aula.courses.media;

import org.jspecify.annotations.NullMarked;
