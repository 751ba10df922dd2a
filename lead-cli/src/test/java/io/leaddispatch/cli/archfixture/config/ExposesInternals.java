package io.leaddispatch.cli.archfixture.config;

import io.leaddispatch.cli.archfixture.internal.Hidden;
import java.util.List;

public class ExposesInternals {
    public List<Hidden> exposed() {
        return List.of();
    }
}
