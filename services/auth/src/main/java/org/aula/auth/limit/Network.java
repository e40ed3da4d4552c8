package org.aula.auth.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// Addresses of the net as far as they are counted.
public final class Network {

    private static final int NETWORK_BYTES = 8;

    private Network() {}

    /// An IPv4 address, or the /64 network of an IPv6 address: a household has one, and all
    /// addresses in it.
    public static String of(String remoteAddress) {
        var address = InetAddress.ofLiteral(remoteAddress);
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
