/// What happened in a course: questions to ClickHouse.
@NullMarked
package org.aula.analytics.activity;

import org.jspecify.annotations.NullMarked;
