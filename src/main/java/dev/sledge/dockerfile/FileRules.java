package dev.sledge.dockerfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code COPY} and {@code ADD} accept once their variables are replaced.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert_copy.go">
 *     dispatchCopy</a>
 */
final class FileRules {
    private static final Pattern NUMBER = Pattern.compile("[0-9].*");
    private static final Pattern OCTAL = Pattern.compile("0*[0-7]{1,4}");

    private FileRules() {}

    /** Modes that begin like numbers; symbolic ones are left to the build. */
    static Optional<Fault> mode(String mode) {
        if (!NUMBER.matcher(mode).matches() || OCTAL.matcher(mode).matches()) return Optional.empty();
        return Optional.of(new Fault("--chmod=" + Findings.quote(mode) + " is no mode", "write it like 755 or u+x"));
    }

    static Optional<Fault> copied(String source) {
        if (!isUrl(source)) return Optional.empty();
        return Optional.of(new Fault("COPY cannot fetch " + Findings.quote(source), "write ADD instead of COPY"));
    }

    /** {@code sources} are those known for certain. */
    static Optional<Fault> checksum(String checksum, Instruction.Add add, List<String> sources) {
        var written = add.files().sources();
        if (checksum.isEmpty()) return Optional.empty();
        if (written.size() != 1) {
            return Optional.of(new Fault("--checksum goes with one source", "write an ADD for each of them"));
        }
        if (sources.isEmpty() || isUrl(sources.getFirst()) || mayBeGit(sources.getFirst())) return Optional.empty();
        return Optional.of(new Fault(
                "--checksum goes with a URL, and " + Findings.quote(sources.getFirst()) + " is none",
                "remove it; files of the build context are compared anyway"));
    }

    private static boolean isUrl(String source) {
        return source.startsWith("http://") || source.startsWith("https://");
    }

    private static boolean mayBeGit(String source) {
        return source.startsWith("git") || source.contains("://") || source.contains("@");
    }
}
