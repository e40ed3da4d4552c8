package org.aula.auth.access;

/// Something before and after a change.
record Changed<T>(T before, T after) {

    /// Whether it was asked for what was so already.
    boolean isNothing() {
        return before.equals(after);
    }
}
