/// Tests of what the contract says by options and rules.
@NullMarked
package org.aula.kernel.contract;

import org.jspecify.annotations.NullMarked;
