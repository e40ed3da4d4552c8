/// The job that brings every store to the newest schema, makes the logins of the services and gives them
/// their rights. It runs before the services start; no service changes a schema.
@NullMarked
package org.aula.migrate;

import org.jspecify.annotations.NullMarked;
