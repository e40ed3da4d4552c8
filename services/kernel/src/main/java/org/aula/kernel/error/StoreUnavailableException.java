package org.aula.kernel.error;

/// A store is unavailable. Callers are told UNAVAILABLE with STORE_UNAVAILABLE and when to try again.
public final class StoreUnavailableException extends RuntimeException {

    private final String store;

    /// @param store the store's kind, such as `mongo`; callers see it
    public StoreUnavailableException(String store, Throwable cause) {
        super(store + " is unavailable", cause);
        this.store = store;
    }

    /// The store's kind.
    public String store() {
        return store;
    }
}
