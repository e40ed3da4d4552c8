package org.aula.kernel.service;

/// Asks a store that only some services use whether it answers. A service brings it as a bean and names the
/// store in `aula.stores`.
public interface StoreCheck {

    /// The store's name, as in `aula.stores`.
    String store();

    /// Returns when the store answers.
    ///
    /// @throws RuntimeException when it does not
    void check();
}
