/// Keys: those that sign access tokens, and the one behind codes that only this service can make.
@NullMarked
package org.aula.auth.key;

import org.jspecify.annotations.NullMarked;
