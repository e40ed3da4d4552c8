package org.aula.kernel.server;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.call.ClientInfo;
import org.jspecify.annotations.Nullable;

/// Reads where a call came from: the last element of `x-forwarded-for` (the edge takes away what clients
/// send and writes the address that it saw), else `x-real-ip`, else the peer of the connection.
final class ClientInfoReader {

    private static final int MAX_USER_AGENT = 300;

    private ClientInfoReader() {}

    static ClientInfo read(Attributes attributes, Metadata headers) {
        return new ClientInfo(remoteAddress(attributes, headers), userAgent(headers));
    }

    private static String remoteAddress(Attributes attributes, Metadata headers) {
        var forwarded = headers.get(CallHeaders.FORWARDED_FOR);
        if (forwarded != null) {
            return literal(forwarded.substring(forwarded.lastIndexOf(',') + 1));
        }
        var seen = headers.get(CallHeaders.REAL_IP);
        if (seen != null) {
            return literal(seen);
        }
        return attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress peer
                ? text(peer.getAddress())
                : "";
    }

    /// Parses without asking a name server; what is no address is left out.
    private static String literal(String text) {
        try {
            return text(InetAddress.ofLiteral(text.strip()));
        } catch (IllegalArgumentException noAddress) {
            return "";
        }
    }

    /// Without the name of the interface that a link-local address may carry.
    private static String text(InetAddress address) {
        var text = address.getHostAddress();
        var zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static String userAgent(Metadata headers) {
        var told = first(headers.get(CallHeaders.CLIENT_USER_AGENT), headers.get(CallHeaders.USER_AGENT));
        return told.substring(0, Math.min(told.length(), MAX_USER_AGENT));
    }

    private static String first(@Nullable String preferred, @Nullable String otherwise) {
        if (preferred != null) {
            return preferred;
        }
        return otherwise == null ? "" : otherwise;
    }
}
