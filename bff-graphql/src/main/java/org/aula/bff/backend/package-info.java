/// Calls to the services: channels, the context of one request, and loaders that join by batches.
@NullMarked
package org.aula.bff.backend;

import org.jspecify.annotations.NullMarked;
