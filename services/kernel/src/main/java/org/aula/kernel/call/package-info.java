/// What is known of a call: who makes it, under which ids, what the policy has decided.
@NullMarked
package org.aula.kernel.call;

import org.jspecify.annotations.NullMarked;
