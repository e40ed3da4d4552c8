package org.aula.auth.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// Addresses of the net as far as they are counted.
public final class Network {

    private static final int HOUSEHOLD_BYTES = 8;
    private static final int SITE_BYTES = 6;
    private static final int BLOCK_BYTES = 3;

    private Network() {}

    /// An IPv4 address, or the /64 network of an IPv6 address: a household has one, and all
    /// addresses in it.
    public static String of(String remoteAddress) {
        var address = InetAddress.ofLiteral(remoteAddress);
        return address instanceof Inet6Address ? first(HOUSEHOLD_BYTES, address) : address.getHostAddress();
    }

    /// The net around an address: the /24 of an IPv4 address, the /48 of an IPv6 address, which is what a site
    /// has.
    static String around(String remoteAddress) {
        var address = InetAddress.ofLiteral(remoteAddress);
        return address instanceof Inet6Address ? first(SITE_BYTES, address) : first(BLOCK_BYTES, address);
    }

    private static String first(int bytes, InetAddress address) {
        return HexFormat.of().formatHex(address.getAddress(), 0, bytes);
    }
}
