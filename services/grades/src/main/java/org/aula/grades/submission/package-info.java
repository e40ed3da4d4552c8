/// Work that is handed in as files.
@NullMarked
package org.aula.grades.submission;

import org.jspecify.annotations.NullMarked;
