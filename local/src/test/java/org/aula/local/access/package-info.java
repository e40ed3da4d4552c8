/// The authorisation matrix: every method of the contract, as everybody who may call it, with what is
/// theirs and with what is not. What is expected stands in `authorisation-matrix.txt`.
@NullMarked
package org.aula.local.access;

import org.jspecify.annotations.NullMarked;
