package dev.sledge.cli;

import dev.sledge.local.LocalServices;
import java.util.UUID;

/** Base images of the bench, each with a layer more than the example's own, that no other has. */
final class BenchBase {
    private final LocalServices services;
    private final String example;
    private int number = -1;
    private String newest = "";

    /** @param example the image that the example builds on, as it names it */
    BenchBase(LocalServices services, String example) {
        this.services = services;
        this.example = example;
    }

    /** The image of a number, in the registry: all ways get the same. */
    String of(int wanted) {
        if (number != wanted) {
            newest = made();
            number = wanted;
        }
        return newest;
    }

    private String made() {
        var registry = services.destination().registry();
        var engine = services.engine();
        var name = "sledge-bench-" + UUID.randomUUID();
        var image = registry + "/sledge-bench/base:" + name;
        engine.docker(
                "run", "--name", name, registry + "/library/" + example, "sh", "-c", "echo " + name + " > /etc/bench");
        try {
            engine.docker("commit", name, image);
            engine.docker("push", image);
        } finally {
            engine.docker("rm", name);
            engine.tryDocker("image", "rm", image);
        }
        return image;
    }
}
