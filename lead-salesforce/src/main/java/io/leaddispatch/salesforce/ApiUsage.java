package io.leaddispatch.salesforce;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of the org's daily quota is used, as answers tell: approximate. Pure.
 *
 * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm">Limit
 *     info header</a>
 */
record ApiUsage(long used, long limit) {
    static final String HEADER = "Sforce-Limit-Info";
    private static final Pattern USAGE = Pattern.compile("(?<![a-z-])api-usage=([0-9]{1,15})/([0-9]{1,15})");

    /** From the header, whatever else stands in it; null if it is not there. */
    static @Nullable ApiUsage parse(@Nullable String header) {
        Matcher usage = USAGE.matcher(header == null ? "" : header);
        return usage.find() ? new ApiUsage(Long.parseLong(usage.group(1)), Long.parseLong(usage.group(2))) : null;
    }
}
