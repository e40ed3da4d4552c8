@NullMarked
package org.aula.users.profile;

import org.jspecify.annotations.NullMarked;
