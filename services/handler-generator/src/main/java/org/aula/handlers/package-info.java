/// The protoc plugin that writes the base classes of gRPC handlers.
@NullMarked
package org.aula.handlers;

import org.jspecify.annotations.NullMarked;
