package io.leaddispatch.https;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leaddispatch.Lead;
import io.leaddispatch.Secret;
import io.leaddispatch.http.EndpointRules;
import io.leaddispatch.http.HttpCall;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lead to request. Secrets are asked for at each attempt, so they can rotate. Safe for use by many threads. */
final class LeadRequest {
    private static final String CONTENT_TYPE = "application/json; charset=utf-8";

    private record Address(String text, URI uri) {}

    private final String destination;
    private final Settings settings;
    private final boolean insecureLoopback;
    private final LeadPayload payload;
    private volatile @Nullable Address address;

    LeadRequest(String destination, Settings settings, boolean insecureLoopback) {
        this.destination = destination;
        this.settings = settings;
        this.insecureLoopback = insecureLoopback;
        this.payload = new LeadPayload(
                settings.get(HttpsSettings.PROFILE),
                settings.get(HttpsSettings.CASING),
                settings.get(HttpsSettings.ABSENT_AS));
    }

    /** Where to, now; read once as long as the text stays the same. */
    URI uri() throws UnusableSecretException {
        String text = settings.get(HttpsSettings.URL).reveal().strip();
        Address known = address;
        if (known == null || !known.text.equals(text)) {
            known = new Address(text, parsed(text));
            address = known;
        }
        return known.uri;
    }

    private URI parsed(String text) throws UnusableSecretException {
        String fault;
        try {
            URI uri = new URI(text);
            fault = EndpointRules.fault(uri, insecureLoopback);
            if (fault == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            fault = "is no address: character " + (e.getIndex() + 1) + " is not allowed there";
        }
        throw new UnusableSecretException(HttpsSettings.URL.key(), fault);
    }

    /** The request of an attempt made now. */
    HttpCall of(Lead lead, Instant now) throws UnusableSecretException {
        byte[] body = payload.of(lead);
        String id = WebhookId.of(lead.id(), destination);
        HttpCall call = HttpCall.post(uri(), CONTENT_TYPE, body)
                .header("Accept", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()));
        List<String> secrets = signingSecrets();
        if (!secrets.isEmpty()) {
            call = call.header("webhook-signature", WebhookSignature.of(secrets, id, now.getEpochSecond(), body));
        }
        return authenticated(further(idempotent(call, id)));
    }

    private List<String> signingSecrets() throws UnusableSecretException {
        List<Secret> given = settings.get(HttpsSettings.SIGNING_SECRETS);
        List<String> secrets = new ArrayList<>(given.size());
        for (Secret secret : given) {
            String text = secret.reveal();
            if (!WebhookSignature.isSecret(text)) {
                throw new UnusableSecretException(
                        HttpsSettings.SIGNING_SECRETS.key() + "[" + secrets.size() + "]",
                        "is not whsec_ followed by 24 to 64 bytes in Base64");
            }
            secrets.add(text);
        }
        return secrets;
    }

    private HttpCall idempotent(HttpCall call, String id) {
        return switch (settings.get(HttpsSettings.IDEMPOTENCY_KEY)) {
            case QUOTED -> call.header("Idempotency-Key", '"' + id + '"');
            case BARE -> call.header("Idempotency-Key", id);
            case OFF -> call;
        };
    }

    private HttpCall further(HttpCall call) throws UnusableSecretException {
        HttpCall more = call;
        for (Map.Entry<String, Secret> header :
                settings.get(HttpsSettings.HEADERS).entrySet()) {
            more = header(more, header.getKey(), "", header.getValue().reveal(), HttpsSettings.HEADERS);
        }
        return more;
    }

    private HttpCall authenticated(HttpCall call) throws UnusableSecretException {
        return switch (settings.get(HttpsSettings.AUTH)) {
            case NONE -> call;
            case BEARER ->
                header(
                        call,
                        "Authorization",
                        "Bearer ",
                        settings.get(HttpsSettings.TOKEN).reveal(),
                        HttpsSettings.TOKEN);
            case BASIC -> {
                String pair = settings.get(HttpsSettings.USERNAME) + ":"
                        + settings.get(HttpsSettings.PASSWORD).reveal();
                yield call.header(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
            }
            case API_KEY ->
                header(
                        call,
                        settings.get(HttpsSettings.API_KEY_HEADER),
                        "",
                        settings.get(HttpsSettings.API_KEY).reveal(),
                        HttpsSettings.API_KEY);
        };
    }

    private static HttpCall header(HttpCall call, String name, String before, String secret, Setting<?> from)
            throws UnusableSecretException {
        try {
            return call.header(name, before + secret);
        } catch (IllegalArgumentException e) { // names the header, not the value
            throw new UnusableSecretException(from.key(), "does not fit: " + e.getMessage());
        }
    }

    /** All that an endpoint may refuse us for: a repeat after a refusal makes sense only if one of them has changed. */
    List<String> secrets() {
        List<String> all = new ArrayList<>(4);
        all.add(settings.get(HttpsSettings.URL).reveal());
        settings.get(HttpsSettings.SIGNING_SECRETS).forEach(secret -> all.add(secret.reveal()));
        settings.get(HttpsSettings.HEADERS).values().forEach(secret -> all.add(secret.reveal()));
        Setting<Secret> credential = switch (settings.get(HttpsSettings.AUTH)) {
            case NONE -> null;
            case BEARER -> HttpsSettings.TOKEN;
            case BASIC -> HttpsSettings.PASSWORD;
            case API_KEY -> HttpsSettings.API_KEY;
        };
        if (credential != null) {
            all.add(settings.get(credential).reveal());
        }
        return all;
    }

    /** Everything that is wrong with the secrets as they are now. */
    List<UnusableSecretException> faults() {
        List<UnusableSecretException> faults = new ArrayList<>();
        HttpCall any = HttpCall.get(URI.create("https://localhost/"));
        List<Check> checks = List.of(this::uri, this::signingSecrets, () -> further(any), () -> authenticated(any));
        for (Check check : checks) {
            try {
                check.run();
            } catch (UnusableSecretException e) {
                faults.add(e);
            }
        }
        return faults;
    }

    private interface Check {
        Object run() throws UnusableSecretException;
    }
}
