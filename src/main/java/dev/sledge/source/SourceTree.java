package dev.sledge.source;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All files of a commit with what git knows of each; directories are not listed, they have nothing of their own.
 *
 * @param entries by path from the repository's root, separated by {@code /}
 * @see <a href="https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_tree_objects">tree objects</a>
 */
public record SourceTree(SortedMap<String, Entry> entries) {
    public SourceTree {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /**
     * One file.
     *
     * @param object the hash of its content; of a submodule the commit
     */
    public record Entry(Mode mode, String object) {
        private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

        public Entry {
            if (!HASH.matcher(object).matches()) {
                throw new IllegalArgumentException("an object id must be 40 or 64 lowercase hex digits");
            }
        }
    }

    /** What kind of entry git makes of it. */
    public enum Mode {
        FILE("100644"),
        EXECUTABLE("100755"),
        SYMLINK("120000"),
        /** Another repository's commit; its files are not part of this one. */
        SUBMODULE("160000");

        private final String octal;

        Mode(String octal) {
            this.octal = octal;
        }

        /** Six octal digits, as git writes them. */
        public String octal() {
            return octal;
        }

        /** The mode by its octal digits; none for a directory ({@code 040000}). Old repositories have {@code 100664}, which is a file. */
        public static Optional<Mode> of(String octal) {
            var plain = octal.equals("100664") ? "100644" : octal;
            return Arrays.stream(values())
                    .filter(mode -> mode.octal.equals(plain))
                    .findFirst();
        }
    }
}
