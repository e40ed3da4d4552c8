/// The whole schema: the parts of all domains.
@NullMarked
package org.aula.bff.schema;

import org.jspecify.annotations.NullMarked;
