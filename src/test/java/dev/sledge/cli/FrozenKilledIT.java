package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.local.FaultyPort;
import dev.sledge.local.LocalServiceException;
import dev.sledge.local.RunningServices;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Builds with a frozen engine in which something is killed or full: the image is right, the record says what happened, the head is what it was
 * or what can be read, and the builds after it are well again.
 */
class FrozenKilledIT {
    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    /** Whose builds go on with each other: whatever is done to one, the next one has to be well. */
    private static FrozenProject project;

    @BeforeAll
    static void build(@TempDir Path directory) throws Exception {
        project = FrozenProject.create(RUNNING, directory);
    }

    /** What is done to a build, in its own container. */
    enum Violence {
        THE_AGENT_IS_KILLED_BEFORE_THE_BUILD(
                "- thawed || beneath\n",
                "- thawed || beneath\n      - kill -KILL \"$(jq .agent /run/sledge/frozen/thawed.json)\"\n",
                "the agent that served it has ended"),
        THE_AGENT_IS_KILLED_BEFORE_IT_MOUNTS(
                START, START + program("nbdfuse", "kill -KILL $PPID"), "the agent ended before it was done"),
        THE_ENGINE_DOES_NOT_START_WITH_WHAT_WAS_THAWED(
                "sledge-agent 1 thaw",
                "bash -c \"sledge-agent 1 thaw \\\"\\$@\\\" && head -c 8192 /dev/urandom > /var/lib/docker/buildkit/cache.db\" thaw",
                "the engine did not start with it"),
        THE_AGENT_IS_KILLED_WHILE_IT_STOPS_THE_ENGINE(
                START,
                START + program("docker", "[ \"$1 $2\" != \"buildx prune\" ] || kill -KILL $PPID"),
                "the engine was not frozen: exit status 137"),
        THE_AGENT_IS_KILLED_WHILE_IT_WRITES_THE_IMAGE(
                START, START + program("mksquashfs", "kill -KILL $PPID"), "the engine was not frozen: exit status 137"),
        THE_ENGINE_IS_KILLED_WHILE_IT_STOPS(
                START,
                // When it has dropped its sources nothing more is asked of it.
                START
                        + program(
                                "docker",
                                "if [ \"$1 $2\" = \"buildx prune\" ]; then /usr/bin/docker \"$@\";"
                                        + " d=$(cut -d\" \" -f1 /run/sledge/engine.pids); kill -STOP $d;"
                                        + " { sleep 1; kill -KILL $d; } > /dev/null 2>&1 & exit; fi"),
                "the engine was not frozen"),
        THE_DISK_IS_FULL_WHILE_IT_FREEZES(
                "timeout 600 sledge-agent 1 freeze",
                "mkdir /small && mount -t tmpfs -o size=16k tmpfs /small && timeout 600 env CODEBUILD_SRC_DIR=/small sledge-agent 1 freeze",
                "the engine was not frozen: mksquashfs");

        private final String what;
        private final String instead;
        private final String why;

        Violence(String what, String instead, String why) {
            this.what = what;
            this.instead = instead;
            this.why = why;
        }

        String in(String buildspec) {
            assertThat(buildspec).contains(what);
            return buildspec.replace(what, instead);
        }
    }

    /** The first command of a build. */
    private static final String START = "- set -o pipefail\n";

    /** A command that lets something happen whenever a program of the build image is run, and then the program. */
    private static String program(String name, String first) {
        var found = "/usr/local/bin/" + name;
        return "      - |-\n        printf \"%s\\n\" \"#!/bin/bash\" '" + first + "' 'exec /usr/bin/" + name
                + " \"$@\"' > " + found + " && chmod +x " + found + "\n";
    }

    /** Kills the Java of one of the agent's commands. */
    private static String killed(String command) {
        return " for p in /proc/[0-9]*; do if grep -qx java $p/comm && grep -qaz ^" + command
                + "$ $p/cmdline; then kill -KILL ${p#/proc/}; fi; done";
    }

    @ParameterizedTest
    @EnumSource
    void aBuildSurvivesWhatIsDoneToIt(Violence violence) throws Exception {
        var before = project.files().head();

        var second = project.build(violence.name(), violence::in);
        assertThat(second.cacheFaults()).anySatisfy(fault -> assertThat(fault).contains(violence.why));
        assertThat(second.hits()).isEqualTo(2);
        if (second.cache().frozen().frozen().isEmpty()) {
            assertThat(project.files().head()).isEqualTo(before);
        }
        project.isWellAgain();
    }

    /** The requests by which the agent goes from one step to the next. */
    enum Request {
        THAW_READS_THE_HEAD("thaw", "GET", "heads"),
        THAW_READS_THE_MANIFEST("thaw", "GET", "manifests"),
        THAW_READS_AN_IMAGE("thaw", "GET", "images"),
        FREEZE_STORES_THE_IMAGE("freeze", "PUT", "images"),
        FREEZE_STORES_THE_MANIFEST("freeze", "PUT", "manifests"),
        FREEZE_LOOKS_HOW_OLD_IMAGES_ARE("freeze", "HEAD", "images"),
        FREEZE_MOVES_THE_HEAD("freeze", "PUT", "heads");

        private final String command;
        private final String method;
        private final String folder;

        Request(String command, String method, String folder) {
            this.command = command;
            this.method = method;
            this.folder = folder;
        }

        boolean isOfThaw() {
            return command.equals("thaw");
        }

        boolean isIn(String sent) {
            return sent.startsWith(method + " ")
                    && sent.lines().findFirst().orElseThrow().contains("/frozen/" + folder + "/");
        }

        /** Leads the command's requests another way. */
        String by(FaultyPort port, String buildspec) {
            var what = "sledge-agent 1 " + command;
            assertThat(buildspec).contains(what);
            return buildspec.replace(what, "env AWS_ENDPOINT_URL=http://127.0.0.1:" + port.port() + " " + what);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAgentMayBeKilledAtEachOfItsRequests(Request request) throws Exception {
        var before = project.files().head();
        var killed = new AtomicBoolean();
        var at = new AtomicInteger();
        try (var port = new FaultyPort(RUNNING.s3Port(), sent -> {
            if (request.isIn(sent) && killed.compareAndSet(false, true)) {
                kill(request, at.get());
            }
            return killed.get() ? Optional.of("") : Optional.empty();
        })) {
            at.set(port.port());
            RUNNING.get().expose(port.port());
            var second = project.build(request.name(), buildspec -> request.by(port, buildspec));
            assertThat(killed).isTrue();
            assertThat(second.hits()).isEqualTo(2);
            if (request.isOfThaw()) {
                assertThat(second.cacheFaults())
                        .containsExactly("a frozen engine was not thawed, the agent ended before it was done");
            } else {
                assertThat(second.cacheFaults()).containsExactly("the engine was not frozen: exit status 137");
                assertThat(second.cache().frozen().frozen()).isEmpty();
                assertThat(project.files().head()).isEqualTo(before);
            }
        }
        project.isWellAgain();
    }

    /** Whichever container it runs in: its request waits until it is dead. Other builds may run on this machine. */
    private static void kill(Request request, int port) {
        var engine = RUNNING.get().engine();
        for (var container : engine.docker("ps", "--quiet", "--filter", "name=sledge-build-")
                .lines()
                .toList()) {
            try {
                engine.docker(
                        "exec",
                        container,
                        "bash",
                        "-c",
                        "grep -qaF ':" + port + "' /proc/[0-9]*/environ && {" + killed(request.command) + "; }; true");
            } catch (LocalServiceException e) {
                // Another build's, which has ended meanwhile.
            }
        }
    }
}
