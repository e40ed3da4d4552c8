@NullMarked
package org.aula.analytics.activity;

import org.jspecify.annotations.NullMarked;
