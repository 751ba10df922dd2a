package io.leaddispatch.testkit;

import io.leaddispatch.Lead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Leads for tests. Their personal values are unmistakable, so that a test can search logs and messages for {@link
 * #personalValues}.
 */
public final class Leads {
    private static final Instant CREATED = Instant.parse("2026-02-03T04:05:06Z");
    private static final String[] FIRST = {"Ada", "Grace", "Edsger", "Jörg", "Zoë", "Łukasz", "Ωmega", "小明", "Óscar"};
    private static final String[] LAST = {"Lovelace", "Hopper", "O'Neill", "Müller", "Núñez", "Žižek", "王", "de la Cruz"
    };
    private static final String[] COUNTRIES = {"US", "DE", "GB", "CN", "BR", "ES", "PL"};
    private static final String[] SOURCES = {"AzureMarketplace-INS", "AzureMarketplace-CTA", "SPZA-DNC", "SPZA-INS"};
    private static final String[] OFFERS = {"contoso.backup", "contoso.shield", "fabrikam.flow"};

    private Leads() {}

    /** A lead with every field, in ASCII. */
    public static Lead ada() {
        return Lead.builder()
                .id("lead-ada")
                .firstName("Ada-7f3a1c")
                .lastName("Lovelace-7f3a1c")
                .email("ada-7f3a1c@example.com")
                .phone("+44-555-7731991")
                .country("GB")
                .company("Analytical-7f3a1c Ltd")
                .title("Countess-7f3a1c")
                .source("AzureMarketplace-INS|contoso.backup")
                .offerTitle("Contoso Backup")
                .description("wrote-7f3a1c the first program")
                .createdAt(CREATED)
                .attribute("campaign", "spring-7f3a1c")
                .build();
    }

    /** A second lead with every field, which differs from {@link #ada()} in each. */
    public static Lead grace() {
        return Lead.builder()
                .id("lead-grace")
                .firstName("Grace-b20e94")
                .lastName("Hopper-b20e94")
                .email("grace-b20e94@example.org")
                .phone("+1-555-7731992")
                .country("US")
                .company("Compilers-b20e94 Inc")
                .title("Admiral-b20e94")
                .source("SPZA-CTA|contoso.shield")
                .offerTitle("Contoso Shield")
                .description("found-b20e94 the first bug")
                .createdAt(CREATED.plusSeconds(60))
                .attribute("campaign", "autumn-b20e94")
                .build();
    }

    /** A lead with nothing but an address. */
    public static Lead sparse() {
        return Lead.builder()
                .id("lead-sparse")
                .email("sparse-91c0de@example.net")
                .build();
    }

    /** A lead whose texts leave the Latin alphabet, and the basic plane, and hold what markup gives a meaning. */
    public static Lead unicode() {
        return Lead.builder()
                .id("lead-unicode")
                .firstName("小明-51ab77 😀")
                .lastName("Ñúñez \"51ab77\" <b>&amp; O'Neill\\")
                .email("unicode-51ab77@example.com")
                .company("Ünïcödé-51ab77 & Söhne GmbH, Łódź; שלום")
                .source("AzureMarketplace-INS|contoso.backup")
                .description("first line-51ab77\nsecond line\twith a tab, {braces}, %25 and +")
                .createdAt(CREATED)
                .build();
    }

    /** A lead whose texts are about as long as a lead's may be. */
    public static Lead longest() {
        return Lead.builder()
                .id("lead-longest")
                .firstName("F-c4c4c4" + "f".repeat(990))
                .lastName("L-c4c4c4" + "l".repeat(990))
                .email("longest-c4c4c4@example.com")
                .company("C-c4c4c4" + "c".repeat(990))
                .title("T-c4c4c4" + "t".repeat(990))
                .source("AzureMarketplace-INS|contoso.backup")
                .offerTitle("O" + "o".repeat(990))
                .description("D-c4c4c4" + "😀".repeat(15_000))
                .createdAt(CREATED)
                .build();
    }

    /** The n-th of many leads that differ in id and address; n is at least 0. */
    public static Lead numbered(int n) {
        return Lead.builder()
                .id("lead-" + n)
                .firstName("First-e1e1e1-" + n)
                .lastName("Last-e1e1e1-" + n)
                .email("e1e1e1-" + n + "@example.com")
                .source("AzureMarketplace-INS|contoso.backup")
                .createdAt(CREATED.plusSeconds(n))
                .build();
    }

    /** The first so many of {@link #numbered}. */
    public static List<Lead> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(Leads::numbered).toList();
    }

    /** Leads without end, made as they are asked for; the same seed makes the same leads. */
    public static Stream<Lead> generate(long seed) {
        Random random = new Random(seed);
        String prefix = "g" + Long.toHexString(seed) + "-";
        return IntStream.iterate(0, n -> n + 1).mapToObj(n -> generated(prefix + n, random));
    }

    private static Lead generated(String id, Random random) {
        Lead.Builder lead = Lead.builder()
                .id(id)
                .firstName(pick(FIRST, random))
                .lastName(pick(LAST, random))
                .email(id + "@example.com")
                .source(pick(SOURCES, random) + "|" + pick(OFFERS, random))
                .createdAt(CREATED.plusSeconds(random.nextInt(1_000_000)));
        if (random.nextInt(4) > 0) {
            lead.company("Company " + random.nextInt(10_000)).country(pick(COUNTRIES, random));
        }
        if (random.nextInt(3) > 0) {
            lead.phone("+1-555-" + (1_000_000 + random.nextInt(9_000_000)));
        }
        if (random.nextInt(8) == 0) {
            lead.description("x".repeat(random.nextInt(4_000)) + " y");
        }
        return lead.build();
    }

    private static String pick(String[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }

    /** What of a lead must never stand in a log or a message: its contact, description and attributes. */
    public static List<String> personalValues(Lead lead) {
        List<String> values = new ArrayList<>(lead.contact().present().values());
        values.removeIf(value -> value.length() < 4); // a country's code stands in every second word
        if (lead.description() != null) {
            values.add(lead.description());
        }
        values.addAll(lead.attributes().values());
        return values;
    }
}
