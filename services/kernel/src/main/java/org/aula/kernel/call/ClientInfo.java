package org.aula.kernel.call;

/// Where a call came from, as far as it can be told.
///
/// @param remoteAddress the person's IP address in its canonical text, or empty
/// @param userAgent the person's program, at most 300 characters, or empty
public record ClientInfo(String remoteAddress, String userAgent) {

    /// Nothing is known: work that no call asked for.
    public static final ClientInfo UNKNOWN = new ClientInfo("", "");
}
