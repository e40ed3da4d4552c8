/// What users of the platform meet: tests that come in through Envoy, on all services and the real engines.
@NullMarked
package org.aula.local;

import org.jspecify.annotations.NullMarked;
