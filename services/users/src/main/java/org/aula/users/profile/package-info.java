/// What a person tells at length and what their clients remember: one document each in MongoDB.
@NullMarked
package org.aula.users.profile;

import org.jspecify.annotations.NullMarked;
