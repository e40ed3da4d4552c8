/// Engines that are taken away and come back. These tests run alone: others would miss the engines too.
@NullMarked
package org.aula.local.outage;

import org.jspecify.annotations.NullMarked;
