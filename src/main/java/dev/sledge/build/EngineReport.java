package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a build's engine kept its state, as the build itself told at its end. */
public sealed interface EngineReport {
    /** What the build stores it as. */
    String FILE = "engine.json";

    /** An engine that was there before the build, as in AWS's images; or the build ended before it could tell. */
    record Untold() implements EngineReport {}

    /**
     * An engine that the build started.
     *
     * @param mebibytes how much it was at the end, in MiB; 0 if nobody counted
     * @param why it was there, in a sentence
     */
    record Told(Place place, int mebibytes, String why) implements EngineReport {}

    /** Where it was. */
    enum Place {
        /** In memory. */
        MEMORY,
        /** On the disk, and nothing waited until it was there. */
        UNSYNCED,
        /** On the disk. */
        DISK,
        /** Where it was found: as a rule on a disk that the next build has too. */
        KEPT
    }

    /** Reads {@link #FILE}; what is no such file tells nothing. */
    static EngineReport read(String text) {
        try {
            var json = new JsonMapper().readTree(text);
            return place(json.path("state").asText())
                    .<EngineReport>map(place -> new Told(
                            place,
                            Math.max(0, json.path("mebibytes").asInt()),
                            json.path("why").asText()))
                    .orElseGet(Untold::new);
        } catch (JsonProcessingException e) {
            return new Untold();
        }
    }

    private static Optional<Place> place(String name) {
        return Arrays.stream(Place.values())
                .filter(place -> place.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** In MiB; 0 if it was not told. */
    default int counted() {
        return switch (this) {
            case Untold untold -> 0;
            case Told told -> told.mebibytes();
        };
    }
}
