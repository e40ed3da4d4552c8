/// What happened in courses, and who changed what.
@NullMarked
package org.aula.bff.analytics;

import org.jspecify.annotations.NullMarked;
