package io.leaddispatch.azuretable;

import io.leaddispatch.testkit.Azurite;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the Azurite of this run; without Node they are skipped. */
final class WithAzurite implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext test) {
        azurite(test);
    }

    private static Azurite azurite(ExtensionContext test) {
        return Azurite.of(test, Path.of("src", "test", "node", "azurite"), Path.of("target", "node", "azurite"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Azurite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return azurite(test);
    }
}
