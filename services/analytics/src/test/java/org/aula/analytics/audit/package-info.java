@NullMarked
package org.aula.analytics.audit;

import org.jspecify.annotations.NullMarked;
