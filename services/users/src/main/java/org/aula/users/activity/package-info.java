/// A person's own history, kept for 90 days.
@NullMarked
package org.aula.users.activity;

import org.jspecify.annotations.NullMarked;
