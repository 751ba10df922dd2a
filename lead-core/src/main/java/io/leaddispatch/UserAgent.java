package io.leaddispatch;

import java.lang.module.ModuleDescriptor;

/** What requests say of their sender. */
final class UserAgent {
    static final String VALUE = "lead-dispatch/" + version();

    private UserAgent() {}

    /** As the module says on the module path, or the jar on the class path. */
    private static String version() {
        ModuleDescriptor module = UserAgent.class.getModule().getDescriptor();
        String version = module == null
                ? UserAgent.class.getPackage().getImplementationVersion()
                : module.rawVersion().orElse(null);
        return version == null ? "dev" : version;
    }
}
