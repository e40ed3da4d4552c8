/// A gateway with counting fakes of the services behind it.
@NullMarked
package org.aula.bff.testing;

import org.jspecify.annotations.NullMarked;
