package io.leaddispatch.http;

import io.leaddispatch.Experimental;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which addresses leads and secrets may be sent to. Pure, except {@link #nonPublicAddress}, which resolves a name. */
@Experimental
public final class EndpointRules {
    /** First byte, second byte from and to, third byte (-1 for any): the IPv4 ranges that are not public. */
    private static final List<int[]> NOT_PUBLIC_V4 = List.of(
            new int[] {0, 0, 255, -1},
            new int[] {10, 0, 255, -1},
            new int[] {100, 64, 127, -1},
            new int[] {127, 0, 255, -1},
            new int[] {169, 254, 254, -1},
            new int[] {172, 16, 31, -1},
            new int[] {192, 0, 0, 0},
            new int[] {192, 0, 0, 2},
            new int[] {192, 168, 168, -1},
            new int[] {198, 18, 19, -1},
            new int[] {198, 51, 51, 100},
            new int[] {203, 0, 0, 113});

    private static final int FIRST_MULTICAST = 224;

    private EndpointRules() {}

    /**
     * What is wrong with an address that shall get leads, or null.
     *
     * @param insecureLoopback whether plain http to a loopback address is allowed
     */
    public static @Nullable String fault(URI uri, boolean insecureLoopback) {
        if (uri.getHost() == null) {
            return "has no host, or one with a character that is not allowed, such as _";
        }
        if (uri.getRawUserInfo() != null) {
            return "holds a user name before the host: use the settings for authentication";
        }
        if (uri.getRawFragment() != null) {
            return "holds a fragment (#), which is never sent: take it out";
        }
        if ("https".equalsIgnoreCase(uri.getScheme())) {
            return null;
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            return "is not an https address";
        }
        return insecureLoopback && isLoopback(uri.getHost())
                ? null
                : "is plain http, which shows leads to everybody on the way: use https (for tests on this machine"
                        + " insecureLoopback allows http to loopback addresses)";
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    /**
     * Whether any address of the host is not a public one.
     *
     * @throws UnknownHostException if it has none
     */
    public static boolean nonPublicAddress(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(address -> !isPublic(address));
    }

    /** Whether this address is a public one. */
    static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return isPublic4(address.getAddress());
        }
        if (!(address instanceof Inet6Address v6) || v6.isIPv4CompatibleAddress()) {
            return false;
        }
        byte[] b = v6.getAddress();
        byte[] inside = embedded4(b);
        if (inside != null) {
            return isPublic4(inside);
        }
        boolean uniqueLocal = (b[0] & 0xfe) == 0xfc;
        boolean documentation = (b[0] & 0xff) == 0x20 && b[1] == 0x01 && (b[2] & 0xff) == 0x0d && (b[3] & 0xff) == 0xb8;
        return !(v6.isAnyLocalAddress()
                || v6.isLoopbackAddress()
                || v6.isLinkLocalAddress()
                || v6.isSiteLocalAddress()
                || v6.isMulticastAddress()
                || uniqueLocal
                || documentation);
    }

    /** The IPv4 address that a translator or tunnel (64:ff9b::/96, 2002::/16) would send on to, or null. */
    private static byte @Nullable [] embedded4(byte[] b) {
        if (b[0] == 0x20 && b[1] == 0x02) {
            return Arrays.copyOfRange(b, 2, 6);
        }
        boolean translated = b[0] == 0 && b[1] == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
        return translated ? Arrays.copyOfRange(b, 12, 16) : null;
    }

    private static boolean isPublic4(byte[] b) {
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        int third = b[2] & 0xff;
        return first < FIRST_MULTICAST
                && NOT_PUBLIC_V4.stream()
                        .noneMatch(
                                r -> r[0] == first && r[1] <= second && second <= r[2] && (r[3] < 0 || r[3] == third));
    }
}
