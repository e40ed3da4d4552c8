/// What can be found in a file's bytes. Nothing here knows a store: bytes come from [FileBytes], and every
/// reader is bounded in memory and time, for the files are strangers'.
@NullMarked
package org.aula.content.file;

import org.jspecify.annotations.NullMarked;
