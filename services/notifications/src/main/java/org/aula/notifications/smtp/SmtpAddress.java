package org.aula.notifications.smtp;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Where the mail server is: `smtp://host:port`, or `smtps://host:port` for TLS from the first byte. Plain
/// `smtp` goes over to TLS where the server offers it; `?starttls=required` or `?starttls=off` decide.
///
/// @param protocol `smtp` or `smtps`
record SmtpAddress(String protocol, String host, int port, StartTls startTls) {

    enum StartTls {
        OPTIONAL,
        REQUIRED,
        OFF
    }

    private static final Map<String, Integer> PORTS = Map.of("smtp", 25, "smtps", 465);
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    /// @throws IllegalStateException when it is no such address
    static SmtpAddress parse(String url) {
        try {
            var uri = URI.create(url);
            var protocol = String.valueOf(uri.getScheme());
            var port = PORTS.get(protocol);
            if (port == null || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new IllegalArgumentException("write it as smtp://host:port or smtps://host:port");
            }
            return new SmtpAddress(
                    protocol, uri.getHost(), uri.getPort() < 0 ? port : uri.getPort(), startTls(uri.getQuery()));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException("SMTP_URL names no mail server: " + malformed.getMessage(), malformed);
        }
    }

    private static StartTls startTls(@org.jspecify.annotations.Nullable String query) {
        if (query == null) {
            return StartTls.OPTIONAL;
        }
        if (!query.startsWith("starttls=")) {
            throw new IllegalArgumentException("it knows only ?starttls=required, optional or off");
        }
        return StartTls.valueOf(query.substring("starttls=".length()).toUpperCase(Locale.ROOT));
    }

    /// The same for a server that is told a password: never in clear over a network.
    SmtpAddress withPassword() {
        return protocol.equals("smtps") || THIS_MACHINE.contains(host)
                ? this
                : new SmtpAddress(protocol, host, port, StartTls.REQUIRED);
    }
}
