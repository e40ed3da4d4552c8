/// Emails to people: what is behind their links, who may ask for how many, and what the
/// notifications service needs to write them.
@NullMarked
package org.aula.auth.mail;

import org.jspecify.annotations.NullMarked;
