@NullMarked
package org.aula.kernel.paging;

import org.jspecify.annotations.NullMarked;
