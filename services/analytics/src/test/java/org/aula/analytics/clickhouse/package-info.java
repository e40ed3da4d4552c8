@NullMarked
package org.aula.analytics.clickhouse;

import org.jspecify.annotations.NullMarked;
