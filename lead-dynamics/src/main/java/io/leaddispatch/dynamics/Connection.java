package io.leaddispatch.dynamics;

import io.leaddispatch.LeadConfigurationException.Fault;
import io.leaddispatch.Secret;
import io.leaddispatch.dynamics.DynamicsSettings.Authentication;
import io.leaddispatch.http.EndpointRules;
import io.leaddispatch.spi.Setting;
import io.leaddispatch.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to and as whom, checked.
 *
 * @param origin scheme, host and port of the environment
 * @param authority where to sign in: host and directory
 * @param applicationId the client id
 * @param credential what proves who we are
 * @param knownCloud whether the sign-in host was set or follows from the address
 * @param gate what the service counts together
 * @param advice what to know of it although it can be used
 */
record Connection(
        URI origin,
        String authority,
        String applicationId,
        SignIn.Credential credential,
        boolean knownCloud,
        String gate,
        List<String> advice) {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DOMAIN =
            Pattern.compile("(?i)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?");
    private static final String ANY_DIRECTORY = "organizations";
    private static final int LONGEST_USER = 128;
    private static final int LONGEST_PASSWORD = 256;

    Connection {
        advice = List.copyOf(advice);
    }

    /** The connection that these settings name, or null if they have a fault. */
    static @Nullable Connection of(Settings settings, boolean insecureLoopback, List<Fault> faults) {
        int before = faults.size();
        URI origin = origin(settings.get(DynamicsSettings.INSTANCE_URL), insecureLoopback, faults);
        boolean asUser = settings.get(DynamicsSettings.AUTHENTICATION) == Authentication.OFFICE_365;
        String directory = directory(settings, asUser, faults);
        String application = application(settings, asUser, faults);
        SignIn.Credential credential = asUser ? user(settings, faults) : applicationCredential(settings, faults);
        oneWay(settings, asUser, faults);
        String given = settings.find(DynamicsSettings.AUTHORITY_HOST);
        if (given != null && !HOST.matcher(given).matches()) {
            fault(faults, DynamicsSettings.AUTHORITY_HOST, "is not a host name (example: " + Clouds.COMMERCIAL + ")");
        }
        if (faults.size() > before || origin == null || credential == null) {
            return null;
        }
        String known = Clouds.authorityHost(origin.getHost());
        String host = given != null ? given : known != null ? known : Clouds.COMMERCIAL;
        String identity = credential instanceof SignIn.Credential.User user
                ? application + "/" + Integer.toHexString(user.name().hashCode())
                : application;
        return new Connection(
                origin,
                "https://" + host + "/" + directory + "/",
                application,
                credential,
                given != null || known != null,
                "dynamics:" + origin.getHost() + ":" + identity,
                advice(settings, asUser, given != null || known != null));
    }

    private static List<String> advice(Settings settings, boolean asUser, boolean knownCloud) {
        List<String> advice = new ArrayList<>(2);
        if (asUser) {
            advice.add("authentication = office365 is deprecated by Microsoft and may be switched off, and the password"
                    + " must be renewed every 90 days: move to azureAD");
        }
        if (!knownCloud) {
            advice.add("the sign-in host does not follow from instanceUrl: " + Clouds.COMMERCIAL
                    + " is taken; set authorityHost if that is wrong");
        }
        List<Setting<?>> others = asUser
                ? List.of(DynamicsSettings.APPLICATION_KEY, DynamicsSettings.APPLICATION_CERTIFICATE)
                : List.of(DynamicsSettings.USERNAME, DynamicsSettings.PASSWORD);
        for (Setting<?> other : others) {
            if (settings.find(other) != null) {
                advice.add(other.key() + " is set and not used with this authentication");
            }
        }
        return advice;
    }

    /** The marketplace refuses both ways to sign in at once, and lets a single field of the other pass. */
    private static void oneWay(Settings settings, boolean asUser, List<Fault> faults) {
        boolean user =
                settings.find(DynamicsSettings.USERNAME) != null && settings.find(DynamicsSettings.PASSWORD) != null;
        boolean key = settings.find(DynamicsSettings.APPLICATION_KEY) != null
                && settings.find(DynamicsSettings.DIRECTORY_ID) != null;
        if (asUser && key) {
            fault(faults, DynamicsSettings.APPLICATION_KEY, "is set as well as username and password: keep one");
        } else if (!asUser && user) {
            fault(faults, DynamicsSettings.USERNAME, "and password are set as well as the application: keep one");
        }
    }

    /** The address as people copy it has a page behind the host. */
    private static @Nullable URI origin(URI given, boolean insecureLoopback, List<Fault> faults) {
        try {
            String path = given.getRawFragment() == null
                    ? given.toString()
                    : given.toString().split("#", 2)[0];
            String fault = EndpointRules.fault(new URI(path), insecureLoopback);
            if (fault == null) {
                return new URI(
                        given.getScheme().toLowerCase(Locale.ROOT),
                        null,
                        given.getHost().toLowerCase(Locale.ROOT),
                        given.getPort(),
                        null,
                        null,
                        null);
            }
            fault(faults, DynamicsSettings.INSTANCE_URL, fault);
        } catch (URISyntaxException e) {
            fault(faults, DynamicsSettings.INSTANCE_URL, "is no address");
        }
        return null;
    }

    private static String directory(Settings settings, boolean asUser, List<Fault> faults) {
        String given = settings.find(DynamicsSettings.DIRECTORY_ID);
        if (given == null) {
            if (!asUser) {
                fault(faults, DynamicsSettings.DIRECTORY_ID, "is missing; required when authentication is azureAD");
            }
            return ANY_DIRECTORY;
        }
        if (!UUID.matcher(given).matches()
                && !DOMAIN.matcher(given).matches()
                && !(asUser && given.equals(ANY_DIRECTORY))) {
            fault(
                    faults,
                    DynamicsSettings.DIRECTORY_ID,
                    "is neither a directory (tenant) id in the form of a GUID nor a domain name such as"
                            + " contoso.onmicrosoft.com [dynamics.tenant-malformed]");
        }
        return given;
    }

    private static String application(Settings settings, boolean asUser, List<Fault> faults) {
        String given = settings.find(DynamicsSettings.APPLICATION_ID);
        if (given == null) {
            fault(
                    faults,
                    DynamicsSettings.APPLICATION_ID,
                    asUser
                            ? "is missing: to sign in as a user, register an app that allows public client flows and give"
                                    + " its application (client) id; better move to authentication = azureAD"
                            : "is missing; required when authentication is azureAD");
            return "";
        }
        if (!UUID.matcher(given).matches()) {
            fault(faults, DynamicsSettings.APPLICATION_ID, "is not an application (client) id in the form of a GUID");
        }
        return given;
    }

    private static SignIn.@Nullable Credential user(Settings settings, List<Fault> faults) {
        String name = settings.get(DynamicsSettings.USERNAME);
        if (name.length() > LONGEST_USER) {
            fault(faults, DynamicsSettings.USERNAME, "is longer than " + LONGEST_USER + " characters");
            return null;
        }
        Secret password = settings.get(DynamicsSettings.PASSWORD);
        if (!DynamicsSettings.fits(password, LONGEST_PASSWORD)) {
            fault(faults, DynamicsSettings.PASSWORD, "is empty or longer than " + LONGEST_PASSWORD + " characters");
            return null;
        }
        return new SignIn.Credential.User(name, password);
    }

    private static SignIn.@Nullable Credential applicationCredential(Settings settings, List<Fault> faults) {
        Secret key = settings.find(DynamicsSettings.APPLICATION_KEY);
        Path file = settings.find(DynamicsSettings.APPLICATION_CERTIFICATE);
        if ((key == null) == (file == null)) {
            fault(
                    faults,
                    DynamicsSettings.APPLICATION_KEY,
                    key == null
                            ? "is missing; required when authentication is azureAD, unless applicationCertificate is set"
                            : "is set as well as applicationCertificate: keep one");
            return null;
        }
        if (key != null) {
            if (!DynamicsSettings.fits(key, DynamicsSettings.LONGEST_SECRET)) {
                fault(faults, DynamicsSettings.APPLICATION_KEY, "is empty or longer than 2048 characters");
                return null;
            }
            return new SignIn.Credential.Key(key);
        }
        if (file == null || !Files.isReadable(file)) {
            fault(faults, DynamicsSettings.APPLICATION_CERTIFICATE, "names a file that cannot be read");
            return null;
        }
        return new SignIn.Credential.Certificate(
                file, settings.find(DynamicsSettings.APPLICATION_CERTIFICATE_PASSWORD));
    }

    private static void fault(List<Fault> faults, Setting<?> setting, String what) {
        faults.add(new Fault(setting.key(), what));
    }
}
