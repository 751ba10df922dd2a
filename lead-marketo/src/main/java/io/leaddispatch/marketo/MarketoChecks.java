package io.leaddispatch.marketo;

import io.leaddispatch.LeadConfigurationException;
import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.marketo.MarketoSettings.Mode;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What needs more than one setting to see, and the mix-ups that people make. Pure. */
final class MarketoChecks {
    private static final Set<String> READ_ONLY =
            Set.of("id", "status", "reasons", "originalSourceType", "originalSourceInfo", "createdAt", "updatedAt");
    private static final int MOST_CALLS = 100;
    private static final Duration MARKETOS_WINDOW = Duration.ofSeconds(20);
    private static final String SINCE_2023 =
            "; serverId belongs to the old form post, which Marketo gave up: since 2023 the connector takes the client id"
                    + " and secret of a LaunchPoint service";

    private final Settings settings;
    private final boolean insecureLoopback;
    private final Mode mode;
    private final List<Fault> faults = new ArrayList<>();

    MarketoChecks(Settings settings, boolean insecureLoopback) {
        this.settings = settings;
        this.insecureLoopback = insecureLoopback;
        this.mode = settings.get(MarketoSettings.MODE);
    }

    /** @throws LeadConfigurationException with everything found, if anything was */
    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new LeadConfigurationException(faults);
        }
    }

    private void fault(Setting<?> setting, String what) {
        faults.add(new Fault(setting.key(), what));
    }

    /** The instance of the two REST modes; null if there is a fault. */
    @Nullable MarketoAddress address() {
        String munchkinId = settings.find(MarketoSettings.MUNCHKIN_ID);
        String baseUrl = settings.find(MarketoSettings.BASE_URL);
        if (munchkinId == null && baseUrl == null) {
            fault(MarketoSettings.MUNCHKIN_ID, "is missing; or give baseUrl");
            return null;
        }
        MarketoAddress named = munchkinId == null ? null : address(MarketoSettings.MUNCHKIN_ID, munchkinId);
        MarketoAddress based = baseUrl == null ? null : address(MarketoSettings.BASE_URL, baseUrl);
        return based == null ? named : named == null ? based : based.withMunchkinId(named.munchkinId());
    }

    private @Nullable MarketoAddress address(Setting<String> setting, String given) {
        try {
            return MarketoAddress.of(given, insecureLoopback);
        } catch (IllegalArgumentException e) {
            fault(setting, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** No more than Marketo allows to all integrations together, but of a test's server; null if there is no address. */
    void pace(@Nullable MarketoAddress address) {
        long calls = settings.get(MarketoSettings.CALLS_PER_WINDOW);
        Duration window = settings.get(MarketoSettings.WINDOW);
        boolean tested = address != null && address.base().getScheme().equals("http");
        if (!tested && MARKETOS_WINDOW.multipliedBy(calls).compareTo(window.multipliedBy(MOST_CALLS)) > 0) {
            fault(
                    MarketoSettings.WINDOW,
                    "lets pass more than the 100 calls in 20s that Marketo allows: make it longer, or callsPerWindow less");
        }
    }

    /** Client id and secret, which both REST modes need. */
    void credentials() {
        String why = settings.find(MarketoSettings.SERVER_ID) == null ? "" : SINCE_2023;
        if (settings.find(MarketoSettings.CLIENT_ID) == null) {
            fault(MarketoSettings.CLIENT_ID, "is missing (needed because mode is " + word(mode) + ")" + why);
        }
        if (settings.find(MarketoSettings.CLIENT_SECRET) == null) {
            fault(MarketoSettings.CLIENT_SECRET, "is missing (needed because mode is " + word(mode) + ")" + why);
        }
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    /** The form's number; 0 if there is a fault. */
    int formId() {
        String given = settings.find(MarketoSettings.FORM_ID);
        if (given == null) {
            fault(MarketoSettings.FORM_ID, "is missing (needed because mode is " + word(mode) + ")");
            return 0;
        }
        String text = given.startsWith("mktoForm_") ? given.substring("mktoForm_".length()) : given;
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) { // said below
        }
        String server = settings.find(MarketoSettings.SERVER_ID);
        boolean swapped = server != null && server.chars().allMatch(Character::isDigit);
        fault(
                MarketoSettings.FORM_ID,
                swapped
                        ? "is no number, and serverId is one: the two look swapped"
                        : "is not a form's number (example: 1179, from mktoForm_1179 in the embed code)");
        return 0;
    }

    /** Where the old form post goes; null if there is a fault. */
    @Nullable URI save2() {
        if (!settings.get(MarketoSettings.SAVE2_CONSENT)) {
            fault(
                    MarketoSettings.SAVE2_CONSENT,
                    "must be true for mode save2: " + MarketoProblems.SAVE2_FORBIDDEN.cause() + ". "
                            + MarketoProblems.SAVE2_FORBIDDEN.remedy());
        }
        String host = settings.find(MarketoSettings.SAVE2_HOST);
        String server = settings.find(MarketoSettings.SERVER_ID);
        if (host == null && server == null) {
            fault(MarketoSettings.SERVER_ID, "is missing (needed because mode is save2); or give save2Host");
            return null;
        }
        return host != null ? host(MarketoSettings.SAVE2_HOST, host) : server(String.valueOf(server));
    }

    /** The id that the old form post sends; null if there is a fault. */
    @Nullable String munchkinId() {
        String given = settings.find(MarketoSettings.MUNCHKIN_ID);
        if (given == null) {
            fault(MarketoSettings.MUNCHKIN_ID, "is missing (needed because mode is save2)");
            return null;
        }
        MarketoAddress address = address(MarketoSettings.MUNCHKIN_ID, given);
        if (address != null && address.munchkinId() == null) {
            fault(MarketoSettings.MUNCHKIN_ID, "is an address without a Munchkin id in it (example: 284-RPR-133)");
        }
        return address == null ? null : address.munchkinId();
    }

    /** People give the whole host, as in the embed code, or forget that app- belongs to it. */
    private @Nullable URI server(String given) {
        String text = given.startsWith("//") ? given.substring(2) : given;
        if (text.chars().allMatch(Character::isDigit)) {
            fault(
                    MarketoSettings.SERVER_ID,
                    "is a number, which a server is not (example: ys12): serverId and formId look swapped");
            return null;
        }
        if (text.contains(".") || text.contains("/")) {
            return host(MarketoSettings.SERVER_ID, text);
        }
        return host(MarketoSettings.SERVER_ID, (text.startsWith("app-") ? "" : "app-") + text + ".marketo.com");
    }

    private @Nullable URI host(Setting<String> setting, String text) {
        try {
            return MarketoAddress.host(text, insecureLoopback);
        } catch (IllegalArgumentException e) {
            fault(setting, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The mapping over the default one; null if there is a fault. */
    @Nullable FieldMapping mapping(Map<String, String> standard) {
        for (String name : settings.get(FieldMapping.FIELDS).keySet()) {
            if (READ_ONLY.contains(name) || name.startsWith("inferred")) {
                faults.add(new Fault(FieldMapping.FIELDS.key() + "." + name, "is a field that only Marketo writes"));
            }
        }
        try {
            return FieldMapping.of(standard, settings.get(FieldMapping.FIELDS));
        } catch (LeadConfigurationException e) {
            faults.addAll(e.faults());
            return null;
        }
    }

    /** What the form has to have, where the operator says what it has. */
    void formFields(List<String> doNotContact) {
        List<String> has = settings.find(MarketoSettings.FORM_FIELDS);
        if (has == null) {
            return;
        }
        if (!has.contains(LeadRecord.EMAIL)) {
            fault(MarketoSettings.FORM_FIELDS, "lacks email, without which Marketo takes no submission");
        }
        List<String> missing =
                doNotContact.stream().filter(name -> !has.contains(name)).toList();
        if (!missing.isEmpty()) {
            fault(
                    MarketoSettings.FORM_FIELDS,
                    "lacks " + String.join(", ", missing) + ", without which a do-not-contact lead would lose its flag."
                            + " Add hidden fields to the form, or set doNotContactFields to those that it has");
        }
    }

    /** The key of lead sync must be mapped and one that a create may have. */
    void lookupField(@Nullable FieldMapping mapping) {
        String field = settings.get(MarketoSettings.LOOKUP_FIELD);
        if (field.equals("id")) {
            fault(MarketoSettings.LOOKUP_FIELD, "is id, which only exists after the lead was created");
        } else if (mapping != null && !mapping.names().contains(field)) {
            fault(MarketoSettings.LOOKUP_FIELD, "is not mapped: give it a value in fields");
        }
    }
}
