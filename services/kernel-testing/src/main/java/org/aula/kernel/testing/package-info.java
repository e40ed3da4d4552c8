/// Tests run against the real engines that `make test` starts, through the interceptors of production.
@NullMarked
package org.aula.kernel.testing;

import org.jspecify.annotations.NullMarked;
