package io.leaddispatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.255",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "2001:db8::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "::8.8.8.8",
                "64:ff9b::10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:0a00:0001::1",
                "2002:7f00:0001::1"
            })
    void anAddressOfOurOwnNetworksIsNotPublic(String address) throws Exception {
        assertThat(EndpointRules.isPublic(InetAddress.getByName(address))).isFalse();
        assertThat(EndpointRules.nonPublicAddress(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.0.3.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.1",
                "198.51.101.1",
                "203.0.112.1",
                "203.0.114.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:db7::1",
                "2001:db9::1",
                "fbff::1",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2002:0808:0808::1"
            })
    void itsNeighboursArePublic(String address) throws Exception {
        assertThat(EndpointRules.isPublic(InetAddress.getByName(address))).isTrue();
        assertThat(EndpointRules.nonPublicAddress(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "localhost", "[::1]"})
    void otherSpellingsOfLoopbackAreSeenThrough(String host) throws Exception {
        assertThat(EndpointRules.nonPublicAddress(host)).isTrue();
    }

    @Test
    void aNameWithoutAnAddressIsNeither() {
        assertThatThrownBy(() -> EndpointRules.nonPublicAddress("nowhere.invalid"))
                .isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
                    https://example.com/x?sig=1,     false,
                    HTTPS://example.com,             false,
                    https://u:s3cret@example.com/,   false, user name
                    https://example.com/x#s3cret,    false, fragment
                    https:///s3cret,                 false, host
                    https://a_b.example/s3cret,      false, host
                    ftp://example.com/s3cret,        false, https
                    http://example.com/s3cret,       false, plain http
                    http://example.com/s3cret,       true,  plain http
                    http://10.0.0.1/s3cret,          true,  plain http
                    http://localhost.evil/s3cret,    true,  plain http
                    http://localhost:8080/s3cret,    false, plain http
                    http://localhost:8080/x,         true,
                    http://127.0.0.1:8080/x,         true,
                    http://[::1]:8080/x,             true,
                    """)
    void anAddressForLeadsIsHttpsWithAHostAndNothingElse(URI uri, boolean insecureLoopback, String fault) {
        String found = EndpointRules.fault(uri, insecureLoopback);
        if (fault == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found).contains(fault).doesNotContain("s3cret");
        }
    }
}
