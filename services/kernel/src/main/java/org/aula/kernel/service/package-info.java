@NullMarked
package org.aula.kernel.service;

import org.jspecify.annotations.NullMarked;
