package org.aula.kernel.change;

/// A resource before and after a change. Who deletes or creates something has only one of them, and no
/// `Change`.
///
/// @param after equals `before` when the resource was as it was wanted to be
public record Change<T>(T before, T after) {

    /// A change that was asked for and changes nothing.
    public static <T> Change<T> none(T resource) {
        return new Change<>(resource, resource);
    }

    /// Whether nothing changed: then nothing is written, published or audited.
    public boolean isNone() {
        return after.equals(before);
    }
}
