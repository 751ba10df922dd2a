package io.leaddispatch.cli;

import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest or, on the module path, the module's. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        ModuleDescriptor module = Version.class.getModule().getDescriptor();
        String version = module == null
                ? Version.class.getPackage().getImplementationVersion()
                : module.rawVersion().orElse(null);
        return new String[] {"lead " + (version == null ? "(not packaged)" : version)};
    }
}
