/// Work that goes on after an answer.
@NullMarked
package org.aula.bff.operations;

import org.jspecify.annotations.NullMarked;
