/// Who may do what: roles, permissions, what single accounts are granted or denied, and how changes of
/// it reach tokens.
@NullMarked
package org.aula.auth.access;

import org.jspecify.annotations.NullMarked;
