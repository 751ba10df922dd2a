package io.leaddispatch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The marketplace's test lead: {@code MSFT_TEST_} and 18 digits, the time in .NET ticks of 100 ns since the year 1.
 *
 * @see <a href="https://learn.microsoft.com/partner-center/referrals/lead-management-faq">Lead management FAQ</a>
 */
public final class TestLead {
    private static final String MARK = "MSFT_TEST_";
    private static final int DIGITS = 18;
    private static final Instant TICK_ZERO = Instant.parse("0001-01-01T00:00:00Z");
    private static final long TICKS_A_SECOND = 10_000_000L;
    private static final int NANOS_A_TICK = 100;

    private TestLead() {}

    /** The test lead of that moment, in the form the marketplace documents. */
    public static Lead at(Instant now) {
        String mark = MARK + ticks(now);
        return Lead.builder()
                .firstName(mark)
                .lastName(mark)
                .email(mark + "@test.com")
                .phone("1234567890")
                .country("US")
                .company(mark)
                .title(mark)
                .source(LeadSource.of(Source.AZURE_MARKETPLACE, Action.INS, null))
                .offerTitle("Contoso Test")
                .description(mark)
                .createdAt(now)
                .build();
    }

    /** .NET ticks of that moment. */
    static long ticks(Instant at) {
        Duration since = Duration.between(TICK_ZERO, at);
        return since.getSeconds() * TICKS_A_SECOND + since.getNano() / NANOS_A_TICK;
    }

    static boolean isTest(Lead lead) {
        Contact contact = lead.contact();
        Source source = lead.source().source();
        return isMark(contact.firstName())
                || isMark(contact.lastName())
                || isMark(contact.company())
                || isMark(contact.title())
                || isMark(lead.description())
                || source != null && isMark(source.code())
                || isMarkedEmail(contact.email());
    }

    private static boolean isMarkedEmail(@Nullable String email) {
        return email != null && email.endsWith("@test.com") && isMark(email.substring(0, email.length() - 9));
    }

    private static boolean isMark(@Nullable String text) {
        if (text == null || text.length() != MARK.length() + DIGITS || !text.startsWith(MARK)) {
            return false;
        }
        return text.chars().skip(MARK.length()).allMatch(c -> c >= '0' && c <= '9');
    }
}
