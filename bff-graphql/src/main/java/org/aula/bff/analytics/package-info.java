/// What happened in courses.
@NullMarked
package org.aula.bff.analytics;

import org.jspecify.annotations.NullMarked;
