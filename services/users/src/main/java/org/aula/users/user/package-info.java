/// Users across both stores: what everybody needs in PostgreSQL, what they tell at length in
/// MongoDB.
@NullMarked
package org.aula.users.user;

import org.jspecify.annotations.NullMarked;
