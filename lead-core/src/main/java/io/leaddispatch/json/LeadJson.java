package io.leaddispatch.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Contact;
import io.leaddispatch.Lead;
import io.leaddispatch.LeadParseException;
import io.leaddispatch.ProblemType;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads and writes leads as JSON.
 *
 * <p>One reader takes every form and tells them apart by itself:
 *
 * <ul>
 *   <li>the <em>complete form</em> of this library, which {@link #write} makes and which has a {@code contact}: all that
 *       a lead holds;
 *   <li>the <em>marketplace's form</em> with {@code userDetails}, in camelCase as it is sent, in PascalCase as it is
 *       documented, or mixed; also as {@code data} of an event;
 *   <li>a row of the table {@code MarketplaceLeads}, with the person as JSON in the text {@code CustomerInfo};
 *   <li>the seven fields of a contact alone.
 * </ul>
 *
 * <p>Property names count in any case, and unknown ones are ignored. Null, an empty text and blanks mean that a field is
 * absent; numbers and booleans are taken where a text belongs. Of a property given twice the last one with a value
 * counts. Writing is exact: equal leads have equal bytes.
 *
 * <p>Bounds: a lead has up to {@value #MAX_BYTES} bytes and 20 levels, a text in it 1,048,576 characters, a name 4,096,
 * a number 100. Faults are placed in lines and columns, in characters, both counted from 1; none quotes the text. All
 * methods are safe for use by many threads.
 *
 * @see <a href="https://learn.microsoft.com/partner-center/referrals/commercial-marketplace-lead-management-instructions-https">
 *     Use an HTTPS endpoint to manage leads</a>
 */
public final class LeadJson {
    /** The most bytes of one lead's text. */
    public static final int MAX_BYTES = 16 << 20;

    private LeadJson() {}

    /**
     * The lead in this text, in UTF-8 with or without a byte order mark.
     *
     * @throws LeadParseException with line and column if it is not JSON or not a lead
     * @throws io.leaddispatch.InvalidLeadException with all faults if it breaks the rules of leads
     */
    public static Lead read(byte[] json) {
        return LeadReading.read(JsonText.of(json));
    }

    /** As {@link #read(byte[])}. */
    public static Lead read(String json) {
        return read(json.getBytes(UTF_8));
    }

    /**
     * The contact in a text of its own, as in the column {@code CustomerInfo}; nobody for a blank text.
     *
     * @throws LeadParseException if it is not a JSON object
     */
    public static Contact readCustomerInfo(String json) {
        return PersonReading.contact(json);
    }

    /**
     * The entries of a file of leads: a lead in each line, a list of leads, or one or more leads over many lines. A fault
     * in one entry does not stop the others; in lines it even stays in its line. A file of something else is one fault,
     * which says what it seems to be; so is an empty one. Memory does not grow with the number of leads.
     *
     * @param in read as the stream of entries goes on, by one thread; left open
     * @return may throw {@link java.io.UncheckedIOException} where {@code in} throws
     */
    public static Stream<LeadEntry> entries(InputStream in) {
        Objects.requireNonNull(in, "in");
        return StreamSupport.stream(new EntryReading(in), false);
    }

    /** The complete form: reading it gives an equal lead back. UTF-8 in one line, without a line break at the end. */
    public static byte[] write(Lead lead) {
        return LeadWriting.complete(lead);
    }

    /** The form that the marketplace posts to an HTTPS endpoint, with the bare source; it has no place for the offer. */
    public static byte[] writeMarketplace(Lead lead, Casing casing, AbsentAs absentAs) {
        return LeadWriting.marketplace(lead, casing, absentAs);
    }

    /** The contact as the marketplace writes it into the column {@code CustomerInfo}. */
    public static String writeCustomerInfo(Contact contact) {
        return LeadWriting.customerInfo(contact);
    }

    /** The parameters of the listing's address in the description, if that holds a JSON object; else empty. */
    public static Map<String, String> campaignParameters(Lead lead) {
        return CampaignParameters.of(lead.description());
    }

    /** The catalogue of what can be wrong with a lead's text. */
    public static List<ProblemType> problems() {
        return JsonProblems.ALL;
    }
}
