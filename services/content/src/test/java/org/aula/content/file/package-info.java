@NullMarked
package org.aula.content.file;

import org.jspecify.annotations.NullMarked;
