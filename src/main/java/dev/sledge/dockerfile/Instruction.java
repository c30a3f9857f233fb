package dev.sledge.dockerfile;

import dev.sledge.problem.Problem;
import java.time.Duration;
import java.util.List;

/**
 * One instruction with its arguments as written: variables are not replaced, absent texts are empty.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
public sealed interface Instruction {
    /** How it stands in the file. */
    Written written();

    /** The lines it covers. */
    default Lines lines() {
        return written().lines();
    }

    /** The logical line, continuations joined. */
    default String source() {
        return written().source();
    }

    /** The instruction's name in upper case. */
    default String keyword() {
        return written().keyword();
    }

    /** Whether BuildKit makes a step of it, with a number in the log. */
    default boolean isStep() {
        return this instanceof Run || this instanceof Copy || this instanceof Add || this instanceof Workdir;
    }

    /** {@code name} is in lower case. */
    record From(Written written, String base, String platform, String name) implements Instruction {}

    /** {@code network} is {@code default}, {@code none} or {@code host}; {@code security} is {@code sandbox} or {@code insecure}. */
    record Run(
            Written written, Command command, List<Mount> mounts, String network, String security, List<String> devices)
            implements Instruction {
        public Run {
            mounts = List.copyOf(mounts);
            devices = List.copyOf(devices);
        }
    }

    /** {@code from} is a stage's name or index, or an image; empty means the build context. */
    record Copy(Written written, Files files, String from, boolean parents) implements Instruction {}

    /** Its sources may also be URLs, git repositories and archives. */
    record Add(Written written, Files files, String checksum, boolean keepGitDir, boolean unpack)
            implements Instruction {}

    /**
     * What {@code COPY} and {@code ADD} have in common.
     *
     * @param sources paths as written, heredocs left out
     * @param documents the heredocs among the sources; each is written to {@code destination} under its name
     */
    record Files(
            List<String> sources,
            List<Heredoc> documents,
            String destination,
            String chown,
            String chmod,
            boolean link,
            List<String> excludes) {
        public Files {
            sources = List.copyOf(sources);
            documents = List.copyOf(documents);
            excludes = List.copyOf(excludes);
        }
    }

    record Arg(Written written, List<Declaration> declarations) implements Instruction {
        public Arg {
            declarations = List.copyOf(declarations);
        }
    }

    /** One name of an {@code ARG}. */
    sealed interface Declaration {
        String name();

        /** {@code ARG NAME} */
        record Plain(String name) implements Declaration {}

        /** {@code ARG NAME=VALUE}, the value with its quotes and variables. */
        record WithDefault(String name, String value) implements Declaration {}
    }

    record Env(Written written, List<Assignment> assignments) implements Instruction {
        public Env {
            assignments = List.copyOf(assignments);
        }
    }

    record Label(Written written, List<Assignment> assignments) implements Instruction {
        public Label {
            assignments = List.copyOf(assignments);
        }
    }

    /** A name and its value, the value with its quotes and variables. */
    record Assignment(String name, String value) {}

    record Workdir(Written written, String path) implements Instruction {}

    record User(Written written, String user) implements Instruction {}

    record Shell(Written written, List<String> shell) implements Instruction {
        public Shell {
            shell = List.copyOf(shell);
        }
    }

    record Expose(Written written, List<String> ports) implements Instruction {
        public Expose {
            ports = List.copyOf(ports);
        }
    }

    record Volume(Written written, List<String> paths) implements Instruction {
        public Volume {
            paths = List.copyOf(paths);
        }
    }

    record Cmd(Written written, Command command) implements Instruction {}

    record Entrypoint(Written written, Command command) implements Instruction {}

    record Healthcheck(Written written, Probe probe) implements Instruction {}

    /** What a {@code HEALTHCHECK} asks for. */
    sealed interface Probe {
        /** {@code HEALTHCHECK NONE}: the base image's check is switched off. */
        record None() implements Probe {}

        /** Durations are zero, and {@code retries} is 0, where the engine's default holds. */
        record Test(
                Command command,
                Duration interval,
                Duration timeout,
                Duration startPeriod,
                Duration startInterval,
                int retries)
                implements Probe {}
    }

    record StopSignal(Written written, String signal) implements Instruction {}

    /** Its trigger runs in each stage that builds on this one, first thing after {@code FROM}. */
    record Onbuild(Written written, Trigger trigger) implements Instruction {}

    /** What an {@code ONBUILD} holds; BuildKit looks at it only when a stage inherits it. */
    sealed interface Trigger {
        record Ready(Instruction instruction) implements Trigger {}

        record Faulty(Problem problem) implements Trigger {}
    }

    record Maintainer(Written written, String maintainer) implements Instruction {}
}
