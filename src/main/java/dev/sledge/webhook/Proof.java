package dev.sledge.webhook;

import java.util.List;

/** How a forge proves that a request is its own, over the raw bytes and before anything is parsed. */
interface Proof {
    Proving prove(WebhookRequest request, List<SharedSecret> secrets);

    /** What came of it. */
    sealed interface Proving {
        /**
         * The request is the forge's.
         *
         * @param by the secrets that it holds with: one, unless two are the same
         */
        record Proved(List<SharedSecret> by) implements Proving {
            public Proved {
                by = List.copyOf(by);
            }
        }

        /**
         * It may be anybody's.
         *
         * @param why quotes nothing of the request
         */
        record Unproved(String why) implements Proving {}
    }
}
