/// Assets: documents in MongoDB, bytes in the object store.
@NullMarked
package org.aula.content.asset;

import org.jspecify.annotations.NullMarked;
