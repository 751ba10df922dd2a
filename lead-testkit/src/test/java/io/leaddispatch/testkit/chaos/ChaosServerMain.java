package io.leaddispatch.testkit.chaos;

import io.leaddispatch.testkit.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The three vendors of the chaos run, in a process of their own. Says where they listen, serves until its input ends,
 * and leaves what they stored in a file each.
 */
public final class ChaosServerMain {
    private ChaosServerMain() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        try (ChaosRecord.Writer healthy = ChaosRecord.writer(directory, "healthy");
                ChaosRecord.Writer throttling = ChaosRecord.writer(directory, "throttling");
                ChaosRecord.Writer wild = ChaosRecord.writer(directory, "wild");
                ScriptedServer first = ScriptedServer.start().otherwise(new HealthyVendor(healthy));
                ScriptedServer second = ScriptedServer.start().otherwise(new ThrottlingVendor(throttling));
                ScriptedServer third = ScriptedServer.start().otherwise(new WildVendor(wild, seed))) {
            System.out.println("healthy=" + first.uri() + " throttling=" + second.uri() + " wild=" + third.uri());
            System.out.flush();
            while (System.in.read() >= 0) {
                // until the test closes it
            }
        }
    }
}
