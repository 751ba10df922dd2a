package io.leaddispatch.dynamics.simulator;

import io.leaddispatch.testkit.TlsIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A directory and an environment that takes its tokens, both with TLS on loopback. */
public final class DynamicsServers implements AutoCloseable {
    /** The directory of the settings. */
    public static final String DIRECTORY = "12345678-8af1-4aaf-8234-12234d01db47";

    /** The application of the settings. */
    public static final String APPLICATION = "23456052-aaaa-4bbb-8662-1234df56788f";

    /** The secret of the settings; unmistakable, so that a test can search for it. */
    public static final String KEY = "s3cr3t-canary-5f21e8/a+b=";

    private final TlsIdentity identity;
    private final EntraSimulator entra;
    private final DataverseSimulator dataverse;
    private final boolean ownsEntra;
    private final Set<String> good = ConcurrentHashMap.newKeySet();

    private DynamicsServers(TlsIdentity identity, EntraSimulator entra, boolean ownsEntra) {
        this.ownsEntra = ownsEntra;
        this.identity = identity;
        this.entra = entra;
        dataverse = DataverseSimulator.start(identity);
        dataverse.acceptsToken = this::accepts;
    }

    private boolean accepts(String token) {
        if (!good.contains(token) && entra.isGood(token, dataverse.uri())) {
            good.add(token);
        }
        return good.contains(token);
    }

    /** Both, with a certificate made in that folder. */
    public static DynamicsServers start(Path folder) throws IOException, InterruptedException {
        TlsIdentity identity = TlsIdentity.forLocalhost(folder);
        return new DynamicsServers(identity, EntraSimulator.start(identity), true);
    }

    /** A second environment for the same directory, which stays open when this is closed. */
    public DynamicsServers another() {
        return new DynamicsServers(identity, entra, false);
    }

    /** The certificate that both show. */
    public TlsIdentity identity() {
        return identity;
    }

    /** The directory. */
    public EntraSimulator entra() {
        return entra;
    }

    /** The environment. */
    public DataverseSimulator dataverse() {
        return dataverse;
    }

    /** Settings of a destination that uses both; a new map. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("instanceUrl", dataverse.uri() + "/main.aspx?appid=1#page");
        settings.put("authentication", "azureAD");
        settings.put("directoryId", DIRECTORY);
        settings.put("applicationId", APPLICATION);
        settings.put("applicationKey", KEY);
        settings.put("authorityHost", entra.host());
        settings.put("caFile", identity.pem().toString());
        return settings;
    }

    /** Closes the environment; the directory too, unless it was another's. */
    @Override
    public void close() {
        dataverse.close();
        if (ownsEntra) {
            entra.close();
        }
    }
}
