package dev.sledge.local;

import dev.sledge.build.BuildHistory;
import dev.sledge.plan.BuildPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks whether this machine can build, without changing it. */
public final class Doctor {
    private static final long ENOUGH_BYTES = 10L << 30;

    private Doctor() {}

    /**
     * One thing that a build needs.
     *
     * @param detail what was found, and what to do about it
     */
    public record Finding(String what, State state, String detail) {
        /** Whether a build can do with it. */
        public enum State {
            OK("ok"),
            /** Not there, but the first build sets it up. */
            LATER("later"),
            /** It works, but not for long or not well. */
            POOR("poor"),
            /** A build cannot run. */
            MISSING("missing");

            private final String word;

            State(String word) {
                this.word = word;
            }

            public String word() {
                return word;
            }
        }
    }

    public static List<Finding> examine(Map<String, String> environment) {
        var findings = new ArrayList<Finding>();
        var cache = CacheDirectory.of(environment);
        findings.add(new Finding("java", Finding.State.OK, "running on " + Runtime.version()));
        findings.add(system());
        findings.add(engine(environment));
        findings.add(images());
        findings.add(space(cache));
        return findings;
    }

    /**
     * Looks whether the cache of an image can be expected to work, as its newest builds on this machine tell.
     *
     * @param plan of its next build
     */
    public static Finding cache(Map<String, String> environment, BuildPlan plan, Instant now) {
        var history = new BuildHistory(LocalServices.shared(environment));
        return new CacheFindings(plan, history.builds(plan.output().image()), now).cache();
    }

    private static Finding system() {
        var name = System.getProperty("os.name");
        return name.equals("Linux")
                ? new Finding("system", Finding.State.OK, name + " " + System.getProperty("os.arch"))
                : new Finding(
                        "system",
                        Finding.State.MISSING,
                        "local builds run on Linux; this is " + name + ", use a Linux machine");
    }

    private static Finding engine(Map<String, String> environment) {
        try {
            var answer = Scripts.install(environment).run(environment, what -> {}, "local/engine.sh", "check");
            return answer.getFirst().startsWith("later")
                    ? new Finding(
                            "engine", Finding.State.LATER, answer.getFirst().substring("later ".length()))
                    : new Finding("engine", Finding.State.OK, answer.getFirst());
        } catch (LocalServiceException e) {
            return new Finding("engine", Finding.State.MISSING, String.valueOf(e.getMessage()));
        }
    }

    private static Finding images() {
        var hub = HttpRequest.newBuilder(URI.create("https://registry-1.docker.io/v2/"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            var status = http.send(hub, BodyHandlers.discarding()).statusCode();
            // It asks everybody to log in, which pulling public images does by itself.
            if (status == 200 || status == 401) {
                return new Finding("base images", Finding.State.OK, "Docker Hub answers");
            }
            return onlyDebian("Docker Hub answers with status " + status);
        } catch (IOException e) {
            return onlyDebian("Docker Hub does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return onlyDebian("Docker Hub was not waited for");
        }
    }

    private static Finding onlyDebian(String why) {
        return new Finding(
                "base images",
                Finding.State.POOR,
                why + "; only debian:<suite> images can be made here, others must be there already");
    }

    private static Finding space(CacheDirectory cache) {
        var directory = cache.directory(".");
        try {
            var free = Files.getFileStore(directory).getUsableSpace();
            var detail = (free >> 30) + " GiB free in " + directory.normalize();
            return free >= ENOUGH_BYTES
                    ? new Finding("disk", Finding.State.OK, detail)
                    : new Finding(
                            "disk",
                            Finding.State.POOR,
                            detail + "; builds want 10, so make room or set XDG_CACHE_HOME");
        } catch (IOException e) {
            return new Finding("disk", Finding.State.MISSING, directory + " cannot be used: " + e.getMessage());
        }
    }
}
