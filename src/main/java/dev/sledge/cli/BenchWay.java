package dev.sledge.cli;

import dev.sledge.settings.BuildSettings.CacheChoice;
import java.util.Locale;

/** A way to build that is measured. */
sealed interface BenchWay {
    /** As it is called in tables. */
    String label();

    /** One of Sledge's kinds of cache. */
    record Kind(CacheChoice cache) implements BenchWay {
        @Override
        public String label() {
            return cache.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The kind that mounts an engine's state before it is fetched, with all of it fetched before. */
    record FrozenWhole() implements BenchWay {
        @Override
        public String label() {
            return "frozen-whole";
        }
    }

    /**
     * What is done without Sledge, each time on an empty engine.
     *
     * @param label names its buildspec too, {@code infra/local/bench/<label>.yml}
     */
    record Without(String label) implements BenchWay {}

    /** An engine that was never stopped. */
    record Persistent() implements BenchWay {
        @Override
        public String label() {
            return "persistent";
        }
    }

    /**
     * The way of a name.
     *
     * @throws UserErrorException if nothing is called that
     */
    static BenchWay of(String label) {
        return switch (label) {
            case "article", "buildx" -> new Without(label);
            case "persistent" -> new Persistent();
            case "frozen-whole" -> new FrozenWhole();
            case "frozen", "registry", "layout", "inline", "tarball", "classic", "host", "none" ->
                new Kind(CacheChoice.valueOf(label.toUpperCase(Locale.ROOT)));
            default ->
                throw new UserErrorException(
                        "there is no way to build called '" + label
                                + "'; use article, buildx, persistent, frozen, frozen-whole, registry, layout, inline, tarball, classic, host or none");
        };
    }
}
