package org.aula.auth.session;

import java.time.Duration;

/// Failed attempts of one account or address in the window that runs.
///
/// @param left what is left of the window
record Attempts(long failures, Duration left) {

    static final Attempts NONE = new Attempts(0, Duration.ZERO);
}
