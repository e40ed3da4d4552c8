/// The audit log: who changed what, as every domain told it.
@NullMarked
package org.aula.analytics.audit;

import org.jspecify.annotations.NullMarked;
