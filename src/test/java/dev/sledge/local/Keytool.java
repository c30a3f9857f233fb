package dev.sledge.local;

import dev.sledge.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys and certificates of tests, as the JDK makes them. */
final class Keytool {
    static final String PASSWORD = "changeit";

    private Keytool() {}

    /** Runs it on a key store. */
    static void run(Path store, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        var ran = Shell.run(command, "");
        if (ran.status() != 0) {
            throw new IllegalStateException(ran.output());
        }
    }
}
