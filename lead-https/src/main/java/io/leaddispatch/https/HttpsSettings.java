package io.leaddispatch.https;

import io.leaddispatch.Secret;
import io.leaddispatch.http.HttpSettings;
import io.leaddispatch.json.AbsentAs;
import io.leaddispatch.json.Casing;
import io.leaddispatch.spi.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every key of this destination. */
final class HttpsSettings {
    /** What the body looks like. */
    enum Profile {
        MARKETPLACE,
        EVENT
    }

    /** How we say who we are. */
    enum Auth {
        NONE,
        BEARER,
        BASIC,
        API_KEY
    }

    /** How {@code Idempotency-Key} is written. */
    enum IdempotencyKey {
        QUOTED,
        BARE,
        OFF
    }

    static final Setting<Secret> URL = Setting.secret("httpsEndpointUrl")
            .alias("httpsEndpointUri")
            .required()
            .doc("Where leads are posted. It may hold a key, so it is never printed whole.");
    static final Setting<Profile> PROFILE = Setting.choice("profile", Profile.class)
            .or(Profile.MARKETPLACE)
            .doc("The body: as the marketplace sends it, or as an event of Standard Webhooks.");
    static final Setting<Casing> CASING = Setting.choice("casing", Casing.class)
            .or(Casing.CAMEL)
            .doc("Property names of the marketplace profile: camel as on the wire, pascal as in its documentation.");
    static final Setting<AbsentAs> ABSENT_AS = Setting.choice("absentAs", AbsentAs.class)
            .or(AbsentAs.OMIT)
            .doc("Whether absent fields are left out or sent as empty texts, which some flows need.");
    static final Setting<List<Secret>> SIGNING_SECRETS = Setting.secrets("signingSecrets")
            .or(List.of())
            .doc("Secrets of Standard Webhooks (whsec_...); each signs every request, so that they can rotate.");
    static final Setting<Auth> AUTH =
            Setting.choice("auth", Auth.class).or(Auth.NONE).doc("Credentials beside the signature and the address.");
    static final Setting<Secret> TOKEN =
            Setting.secret("token").requiredWhen(AUTH, Auth.BEARER).doc("The bearer token.");
    static final Setting<String> USERNAME = Setting.text("username")
            .requiredWhen(AUTH, Auth.BASIC)
            .doc("The user name of basic authentication; without a colon.");
    static final Setting<Secret> PASSWORD =
            Setting.secret("password").requiredWhen(AUTH, Auth.BASIC).doc("The password of basic authentication.");
    static final Setting<String> API_KEY_HEADER =
            Setting.text("apiKeyHeader").or("X-API-Key").doc("The header that carries the API key.");
    static final Setting<Secret> API_KEY =
            Setting.secret("apiKey").requiredWhen(AUTH, Auth.API_KEY).doc("The API key.");
    static final Setting<IdempotencyKey> IDEMPOTENCY_KEY = Setting.choice("idempotencyKey", IdempotencyKey.class)
            .or(IdempotencyKey.QUOTED)
            .doc("How the header Idempotency-Key is written: quoted as its draft says, bare as many servers take it.");
    static final Setting<Map<String, Secret>> HEADERS = Setting.secretMap("headers")
            .or(Map.of())
            .doc("Further headers, name to value, where a value may be a reference. The values are never printed.");
    static final Setting<Duration> TIMEOUT = Setting.duration("timeout")
            .or(Duration.ofSeconds(30))
            .doc("The longest one request may take, answer included.");
    static final Setting<List<String>> ACCEPTED = Setting.list("acceptedStatuses")
            .or(List.of("200-299"))
            .doc("Statuses that mean delivered: single ones or ranges.");
    static final Setting<Integer> HOLD_AFTER_REFUSALS = Setting.number("holdAfterRefusals", 0, 100_000)
            .unit("refused leads")
            .or(20)
            .doc("After so many refused leads in a row, none delivered between, the endpoint is held rather than refuse"
                    + " the next; 0 for never.");
    static final Setting<Integer> CONCURRENCY =
            Setting.number("concurrency", 1, 256).unit("requests").or(4).doc("The most requests at once.");
    static final Setting<Boolean> REFUSE_NON_PUBLIC = Setting.flag("refuseNonPublicAddresses")
            .or(false)
            .doc("Whether to refuse hosts with an address that is not public. For hosts whose customers name the"
                    + " address; see the page for what this cannot prevent.");

    static final List<Setting<?>> ALL = all();

    private HttpsSettings() {}

    private static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                URL,
                PROFILE,
                CASING,
                ABSENT_AS,
                SIGNING_SECRETS,
                AUTH,
                TOKEN,
                USERNAME,
                PASSWORD,
                API_KEY_HEADER,
                API_KEY,
                IDEMPOTENCY_KEY,
                HEADERS,
                TIMEOUT,
                ACCEPTED,
                HOLD_AFTER_REFUSALS,
                CONCURRENCY,
                REFUSE_NON_PUBLIC));
        all.addAll(HttpSettings.ALL);
        return List.copyOf(all);
    }
}
