/// Documents that clients name by their ids.
@NullMarked
package org.aula.bff.documents;

import org.jspecify.annotations.NullMarked;
