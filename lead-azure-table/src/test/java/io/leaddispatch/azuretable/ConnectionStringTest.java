package io.leaddispatch.azuretable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionStringTest {
    private static final String KEY = "bXlBY2NvdW50S2V5";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', https://contosoleads.table.core.windows.net",
        "EndpointSuffix=, https://contosoleads.table.core.windows.net",
        "EndpointSuffix=core.windows.net, https://contosoleads.table.core.windows.net",
        "EndpointSuffix=core.chinacloudapi.cn, https://contosoleads.table.core.chinacloudapi.cn",
        "EndpointSuffix=core.cloudapi.de, https://contosoleads.table.core.cloudapi.de",
        "EndpointSuffix=core.usgovcloudapi.net, https://contosoleads.table.core.usgovcloudapi.net",
        "BlobEndpoint=https://x.example/;TableEndpoint=https://t.example.com/, https://t.example.com",
    })
    void theSuffixDecidesTheEndpoint(String more, String endpoint) throws Exception {
        var read = ConnectionString.parse(
                " DefaultEndpointsProtocol=https;AccountName=contosoleads;AccountKey=" + KEY + ";" + more + "\n",
                false);
        assertThat(read.endpoint()).hasToString(endpoint);
        assertThat(read.key()).isEqualTo(KEY);
        assertThat(read.toString()).doesNotContain(KEY);
    }

    @Test
    void aSignatureStandsInPlaceOfTheKey() throws Exception {
        var read = ConnectionString.parse(
                "TableEndpoint=https://contosoleads.table.core.windows.net/;SharedAccessSignature=?sv=2019-02-02&sig=c2ln",
                false);
        assertThat(read.signature()).isEqualTo("sv=2019-02-02&sig=c2ln");
        assertThat(read.key()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "UseDevelopmentStorage=true",
        "AccountName=devstoreaccount1;AccountKey=c2VjcmV0LWtleQ==;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1"
    })
    void emulatorsNeedTheSettingForThem(String text) throws Exception {
        assertThat(ConnectionString.parse(text, true).endpoint())
                .hasToString("http://127.0.0.1:10002/devstoreaccount1");
        assertThatThrownBy(() -> ConnectionString.parse(text, false)).hasMessageContaining("insecureLoopback");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            *********                                                                            | is masked
            AccountName=contosoleads;AccountKey=*********                                        | is masked
            nonsense-s3cret                                                                      | is no connection string: its part 1
            https://contosoleads.table.core.windows.net/?s3cret=1                                | is no connection string: its part 1
            AccountName=contosoleads                                                             | has neither AccountKey nor SharedAccessSignature
            AccountName=contosoleads;AccountKey=                                                 | has an empty AccountKey
            AccountName=contosoleads;AccountKey=s3cret-is-no-base64                              | has an AccountKey that is not Base64
            AccountName=contosoleads;AccountName=contosoleads;AccountKey=czNjcmV0                | has AccountName twice
            AccountName=myAccountName;AccountKey=czNjcmV0                                        | has an AccountName that is none
            AccountKey=czNjcmV0                                                                  | has neither AccountName nor TableEndpoint
            TableEndpoint=https://t.example;AccountKey=czNjcmV0                                  | has an AccountKey and no AccountName
            DefaultEndpointsProtocol=http;AccountName=contosoleads;AccountKey=czNjcmV0           | DefaultEndpointsProtocol other than https
            AccountName=contosoleads;AccountKey=czNjcmV0;EndpointSuffix=core.screens.net         | is a misprint
            AccountName=contosoleads;AccountKey=czNjcmV0;SharedAccessSignature=sig=1             | keep one of them
            AccountName=contosoleads;SharedAccessSignature=sv=1&s3cret=2                         | without sig=
            AccountName=contosoleads;AccountKey=czNjcmV0;TableEndpoint=https://t.example/?x=1    | holds a question mark
            AccountName=contosoleads;AccountKey=czNjcmV0;TableEndpoint=ht tp:                    | has a TableEndpoint that is no address
            AccountName=contosoleads;AccountKey=czNjcmV0;TableEndpoint=http://t.example          | plain http
            """)
    void whatIsWrongIsSaidWithoutTheSecret(String text, String message) {
        assertThatThrownBy(() -> ConnectionString.parse(text, true))
                .isInstanceOf(UnusableConnectionException.class)
                .hasMessageStartingWith("storageAccountConnectionString ")
                .hasMessageContaining(message)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("s3cret", "czNjcmV0");
    }
}
