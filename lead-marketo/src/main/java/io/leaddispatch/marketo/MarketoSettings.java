package io.leaddispatch.marketo;

import io.leaddispatch.Secret;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.spi.FieldLengths;
import io.leaddispatch.spi.FieldMapping;
import io.leaddispatch.spi.OnTooLong;
import io.leaddispatch.spi.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every key of this destination. */
final class MarketoSettings {
    /** How leads are handed over. */
    enum Mode {
        FORM,
        LEADS,
        SAVE2
    }

    static final Setting<Mode> MODE = Setting.choice("mode", Mode.class)
            .or(Mode.FORM)
            .doc(
                    "form: each lead fills out a form of yours; leads: up to 300 leads are synchronised per call; save2: the"
                            + " old form post, which Adobe forbids.");
    static final Setting<String> MUNCHKIN_ID = Setting.text("munchkinId")
            .alias("munchkinAccountID")
            .doc("The Munchkin account id, such as 284-RPR-133. This or baseUrl must be given.");
    static final Setting<String> BASE_URL = Setting.text("baseUrl")
            .doc("The REST endpoint, where it is not https://MUNCHKINID.mktorest.com; an ending /rest is dropped.");
    static final Setting<String> CLIENT_ID =
            Setting.text("clientId").doc("The client id of the LaunchPoint service; for modes form and leads.");
    static final Setting<Secret> CLIENT_SECRET =
            Setting.secret("clientSecret").doc("The client secret of that service.");
    static final Setting<String> FORM_ID =
            Setting.text("formId").doc("The number of the form, such as 1179; for modes form and save2.");
    static final Setting<Integer> PROGRAM_ID = Setting.number("programId", 1, Integer.MAX_VALUE)
            .doc("The program that leads of mode form join; it must be in the form's workspace.");
    static final Setting<List<String>> FORM_FIELDS = Setting.list("formFields")
            .doc("The REST names of the fields that the form has. Others are not sent, since Marketo skips a whole"
                    + " submission that has a field which the form lacks. Without it: everything mapped is sent.");
    static final Setting<String> LOOKUP_FIELD = Setting.text("lookupField")
            .or("email")
            .doc("The field by which mode leads finds an existing person; every lead needs a value for it.");
    static final Setting<String> PARTITION_NAME =
            Setting.text("partitionName").doc("The lead partition that mode leads writes to.");
    static final Setting<List<String>> DO_NOT_CONTACT_FIELDS = Setting.list("doNotContactFields")
            .doc(
                    "The fields set to true for a do-not-contact lead; without it unsubscribed and doNotCall. An empty list"
                            + " delivers such leads without a flag.");
    static final Setting<OnTooLong> ON_TOO_LONG = FieldLengths.onTooLong(OnTooLong.REJECT);
    static final Setting<Integer> CALLS_PER_WINDOW = Setting.number("callsPerWindow", 1, 100)
            .or(50)
            .doc(
                    "The most calls to this Marketo instance in any window; Marketo allows 100 to all integrations together.");
    static final Setting<Duration> WINDOW = Setting.duration("window")
            .or(Duration.ofSeconds(20))
            .doc("The length of that window; at least 20s for 100 calls.");
    static final Setting<Integer> CONCURRENCY = Setting.number("concurrency", 1, 10)
            .or(5)
            .doc("The most calls at once; Marketo allows 10 to all integrations together.");
    static final Setting<Integer> DAILY_CALLS = Setting.number("dailyCalls", 1, 1_000_000)
            .doc(
                    "The most calls from one daily reset of the quota to the next, counted by each dispatcher for itself, from"
                            + " its start. Without it: no bound but Marketo's own.");
    static final Setting<Integer> HOLD_AFTER_SKIPS = Setting.number("holdAfterSkips", 0, 100_000)
            .or(20)
            .doc(
                    "After so many skipped submissions in a row, none taken between, the form is held rather than refuse the"
                            + " next; 0 for never.");
    static final Setting<Duration> TIMEOUT = Setting.duration("timeout")
            .doc(
                    "The longest one request may take. Without it 35s, in mode leads 95s: a little more than Marketo takes.");
    static final Setting<Duration> SERVER_TIME_LIMIT = Setting.duration("serverTimeLimit")
            .or(Duration.ofSeconds(90))
            .doc("How long Marketo may still work on a call whose answer was lost: in mode leads its leads are not sent"
                    + " again before.");
    static final Setting<String> SERVER_ID = Setting.text("serverId")
            .doc("For mode save2: the server of the form's embed code, ys12 of app-ys12.marketo.com.");
    static final Setting<String> SAVE2_HOST =
            Setting.text("save2Host").doc("For mode save2: the whole host, where it is not app-SERVERID.marketo.com.");
    static final Setting<Boolean> SAVE2_CONSENT = Setting.flag("save2AgainstAdobesRules")
            .or(false)
            .doc("For mode save2: true says that you know that Adobe forbids this way and may reject or lose leads.");

    static final List<Setting<?>> ALL = all();

    private MarketoSettings() {}

    private static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                MODE,
                MUNCHKIN_ID,
                BASE_URL,
                CLIENT_ID,
                CLIENT_SECRET,
                FORM_ID,
                PROGRAM_ID,
                FORM_FIELDS,
                LOOKUP_FIELD,
                PARTITION_NAME,
                FieldMapping.FIELDS,
                DO_NOT_CONTACT_FIELDS,
                ON_TOO_LONG,
                CALLS_PER_WINDOW,
                WINDOW,
                CONCURRENCY,
                DAILY_CALLS,
                HOLD_AFTER_SKIPS,
                TIMEOUT,
                SERVER_TIME_LIMIT,
                SERVER_ID,
                SAVE2_HOST,
                SAVE2_CONSENT));
        all.addAll(HttpSettings.ALL);
        return List.copyOf(all);
    }
}
