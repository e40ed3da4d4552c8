/// What learners did: events into ClickHouse, each once.
@NullMarked
package org.aula.analytics.learning;

import org.jspecify.annotations.NullMarked;
