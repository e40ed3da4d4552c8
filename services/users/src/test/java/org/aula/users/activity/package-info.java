@NullMarked
package org.aula.users.activity;

import org.jspecify.annotations.NullMarked;
