package dev.sledge.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which files of the build context are sent to the builder: a {@code .dockerignore}, or the ignore file of one
 * Dockerfile, which counts instead if it is there.
 *
 * <p>The rules are those of Docker's own matcher on Linux. The last line that matches decides; what a line says of a
 * directory holds for all below it; nothing is sent always, not even the Dockerfile, which is read without the context.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">.dockerignore files</a>
 * @see <a href="https://github.com/tonistiigi/fsutil/blob/master/filter.go">filter.go</a>
 */
public final class IgnoreFile {
    /** The ignore file of all Dockerfiles that have none of their own; it lies in the root of the context. */
    public static final String NAME = ".dockerignore";

    /** The ignore file where there is none: everything is sent. */
    public static final IgnoreFile NONE = new IgnoreFile(List.of());

    private final List<IgnoreRule> rules;

    /** Whether directories that are left out are passed by, unless an exception begins with them. */
    private final boolean passesBy;

    IgnoreFile(List<IgnoreRule> rules) {
        this.rules = List.copyOf(rules);
        this.passesBy = this.rules.stream().noneMatch(rule -> rule.again() && rule.beginsAnywhere());
    }

    /** The path of the ignore file that counts instead of {@link #NAME} for {@code dockerfile}; it lies beside it. */
    public static String nameFor(String dockerfile) {
        return dockerfile + NAME;
    }

    /** Reads {@code content}, which is UTF-8; {@code file} is its path as the user knows it, for messages. */
    public static IgnoreReading read(String file, byte[] content) {
        return new IgnoreFileReader(file).read(new String(content, UTF_8));
    }

    /** Whether the file {@code path} is left out; the path is relative to the context, without {@code .} or {@code ..}. */
    public boolean excludes(String path) {
        return verdict(path) instanceof IgnoreVerdict.Excluded;
    }

    /** Which line decides about the file {@code path}, and what. */
    public IgnoreVerdict verdict(String path) {
        return visit(path, new HashMap<>());
    }

    /** Those of {@code paths} that are sent, sorted; faster than to ask for each. */
    public SortedSet<String> sent(Collection<String> paths) {
        var directories = new HashMap<String, Visit>();
        var sent = new TreeSet<String>();
        for (var path : paths) {
            if (!(visit(path, directories) instanceof IgnoreVerdict.Excluded)) sent.add(path);
        }
        return sent;
    }

    /**
     * What is known of a directory.
     *
     * @param matched the rules that match it or one above it
     * @param closed whether the builder's walk does not go into it
     */
    private record Visit(BitSet matched, IgnoreVerdict verdict, boolean closed) {
        static final Visit ROOT = new Visit(new BitSet(), new IgnoreVerdict.Sent(), false);
    }

    private IgnoreVerdict visit(String path, Map<String, Visit> directories) {
        var parent = Visit.ROOT;
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (parent.closed) return parent.verdict;
            var directory = path.substring(0, slash);
            var above = parent;
            parent = directories.computeIfAbsent(directory, unvisited -> enter(directory, above));
        }
        return parent.closed ? parent.verdict : judge(path, parent, new BitSet());
    }

    private Visit enter(String directory, Visit parent) {
        var matched = new BitSet();
        var verdict = judge(directory, parent, matched);
        boolean closed = verdict instanceof IgnoreVerdict.Excluded
                && passesBy
                && rules.stream()
                        .filter(IgnoreRule::again)
                        .noneMatch(rule -> rule.beginning().startsWith(directory + "/"));
        return new Visit(matched, verdict, closed);
    }

    /** Goes through the rules; those that match are added to {@code matched}. */
    private IgnoreVerdict judge(String path, Visit parent, BitSet matched) {
        Optional<IgnoreRule> decisive = Optional.empty();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            boolean excluded = decisive.isPresent() && !decisive.get().again();
            boolean matches = parent.matched.get(i);
            // As Docker does, a rule that could change nothing is not asked, and then does not hold below either.
            if (!matches) matches = rule.again() == excluded && rule.pattern().matches(path);
            if (!matches) continue;
            matched.set(i);
            decisive = Optional.of(rule);
        }
        if (decisive.isEmpty()) return new IgnoreVerdict.Sent();
        var rule = decisive.get();
        return rule.again()
                ? new IgnoreVerdict.SentAgain(rule.line(), rule.text())
                : new IgnoreVerdict.Excluded(rule.line(), rule.text());
    }
}
