package io.leaddispatch.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The destinations that the marketplace's document can name, as far as names go.
 *
 * @see <a href="https://learn.microsoft.com/partner-center/marketplace-offers/product-ingestion-api">Product Ingestion
 *     API, resource customer-leads</a>
 */
final class KnownTypes {
    /** Names in the document and the types of this project's modules. */
    private static final Map<String, String> TYPES = ignoringCase(Map.of(
            "dynamics", "dynamics",
            "httpsEndpoint", "https",
            "marketo", "marketo",
            "salesforce", "salesforce",
            "table", "azure-table"));

    /** Names in the document that no module can serve, and what to do about them. */
    private static final Map<String, String> ANSWERS = ignoringCase(Map.of(
            "none",
            "names no destination: the leads stay in Partner Center's Referrals workspace. Name the destination that "
                    + "the leads are to go to, one of " + String.join(", ", TYPES.keySet()),
            "blob",
            "names Azure Blob, which the marketplace gave up in 2019 and which receives no leads. Choose table (Azure "
                    + "Table) with the same storage account's connection string",
            "email",
            "names e-mail, over which lead data is not sent. Choose httpsEndpoint with a flow that sends a notice, or "
                    + "another of " + String.join(", ", TYPES.keySet())));

    /** The older document's {@code resourceType} and the newer one's {@code leadDestination}. */
    private static final Map<String, String> RESOURCE_TYPES = ignoringCase(Map.of(
            "DynamicsCustomerRelationshipManagementLeadConfiguration", "dynamics",
            "MarketoLeadConfiguration", "marketo",
            "SalesForceLeadConfiguration", "salesforce",
            "AzureTableLeadConfiguration", "table",
            "HttpsEndpointLeadConfiguration", "httpsEndpoint",
            "AzureBlobLeadConfiguration", "blob"));

    private KnownTypes() {}

    private static Map<String, String> ignoringCase(Map<String, String> names) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(names);
        return sorted;
    }

    /** The type that goes by that name in the marketplace's document, or null. */
    static @Nullable String ofMarketplaceName(String name) {
        return TYPES.get(name);
    }

    /** What to do instead of a name in the marketplace's document that no module can serve, or null. */
    static @Nullable String answerTo(String name) {
        return ANSWERS.get(name);
    }

    /** The name in the newer document of an older document's resource type, or null. */
    static @Nullable String ofResourceType(String resourceType) {
        return RESOURCE_TYPES.get(resourceType);
    }

    /** All names in the marketplace's document that a module serves. */
    static List<String> marketplaceNames() {
        return List.copyOf(TYPES.keySet());
    }

    /** What to add to have that type, or null if no module of this project has it. */
    static @Nullable String missing(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return TYPES.containsValue(lower)
                ? "needs a module that is not there: add the dependency io.leaddispatch:lead-" + lower
                        + ", in the version of lead-core"
                : null;
    }

    /** The types of this project's modules. */
    static List<String> types() {
        return List.copyOf(TYPES.values());
    }
}
