/// GraphQL over HTTP, health, and the keys that verify access tokens.
@NullMarked
package org.aula.bff.http;

import org.jspecify.annotations.NullMarked;
