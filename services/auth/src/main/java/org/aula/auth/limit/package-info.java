/// Counts that bound how often something may be tried.
@NullMarked
package org.aula.auth.limit;

import org.jspecify.annotations.NullMarked;
