/// Names in addresses.
@NullMarked
package org.aula.courses.slug;

import org.jspecify.annotations.NullMarked;
