@NullMarked
package org.aula.assignments.bank;

import org.jspecify.annotations.NullMarked;
