/// Who changed what: entries of the audit log.
@NullMarked
package org.aula.kernel.audit;

import org.jspecify.annotations.NullMarked;
