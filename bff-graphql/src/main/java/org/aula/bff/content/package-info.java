/// Files.
@NullMarked
package org.aula.bff.content;

import org.jspecify.annotations.NullMarked;
