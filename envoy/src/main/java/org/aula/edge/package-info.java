/// The edge: Envoy's configuration, made from the contract.
@NullMarked
package org.aula.edge;

import org.jspecify.annotations.NullMarked;
