/// Who may do what.
@NullMarked
package org.aula.bff.access;

import org.jspecify.annotations.NullMarked;
