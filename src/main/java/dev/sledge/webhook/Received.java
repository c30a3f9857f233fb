package dev.sledge.webhook;

import dev.sledge.event.RepositoryEvent;
import java.util.List;

/** What a request turned out to be. */
public sealed interface Received {
    /** Proved to come from the forge, and something happened to refs. */
    record Verified(DeliveryId delivery, List<RepositoryEvent> events) implements Received {
        public Verified {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("a delivery without events is to be ignored, with a reason");
            }
        }
    }

    /** Proved to come from the forge, but nothing we build. */
    record Ignored(String why) implements Received {
        /** An event that is not built, by the name that its header has. */
        static Ignored event(String name) {
            return new Ignored("event '" + printable(name) + "' is not built");
        }

        /** Something done to a pull request that leaves no head to build. */
        static Ignored action(String name) {
            return new Ignored("a pull request's '" + printable(name) + "' leaves its head as it was");
        }

        private static String printable(String name) {
            return name.matches("[A-Za-z0-9_: -]{1,60}") ? name : "?";
        }
    }

    /** Not proved; the reason quotes nothing of the request. */
    record Refused(String why) implements Received {}

    /** Proved, but not of the shape the forge documents. */
    record Malformed(String why) implements Received {}
}
