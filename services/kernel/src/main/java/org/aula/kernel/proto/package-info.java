/// Messages of the contract as stores keep them.
@NullMarked
package org.aula.kernel.proto;

import org.jspecify.annotations.NullMarked;
