@NullMarked
package org.aula.content.asset;

import org.jspecify.annotations.NullMarked;
