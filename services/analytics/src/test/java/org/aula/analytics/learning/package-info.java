@NullMarked
package org.aula.analytics.learning;

import org.jspecify.annotations.NullMarked;
