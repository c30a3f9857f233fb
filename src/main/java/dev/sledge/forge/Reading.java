package dev.sledge.forge;

import dev.sledge.event.Repository;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceUnavailableException;
import java.net.URI;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Reads an API as the ports of {@code source} promise it: what is not there is told from what may not be read.
 *
 * @param permission that a token needs, in the forge's own words
 */
record Reading(ForgeHttp http, String permission) {
    private static final int LARGEST_FILE = 8 << 20;

    static final SourceFile DIRECTORY = new SourceFile.Unreadable("it is a directory; name a file in it");
    static final SourceFile SYMLINK = new SourceFile.Unreadable("it is a symbolic link; name the file it points to");

    /** Asks, whatever is answered. */
    ForgeAnswer ask(String path) {
        return reachable(() -> http.get(path));
    }

    ForgeAnswer ask(URI address) {
        return reachable(() -> http.get(address, "application/json"));
    }

    /**
     * Asks for what must be there.
     *
     * @param what in words, for the message
     * @throws SourceUnavailableException if it is not
     */
    ForgeAnswer must(String path, String what) {
        return ok(ask(path), what);
    }

    ForgeAnswer ok(ForgeAnswer answer, String what) {
        if (!answer.isOk()) {
            throw unavailable(answer, what);
        }
        return answer;
    }

    private static ForgeAnswer reachable(Supplier<ForgeAnswer> request) {
        try {
            return request.get();
        } catch (ForgeException e) {
            throw new SourceUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    SourceUnavailableException unavailable(ForgeAnswer answer, String what) {
        var advice = switch (answer.status()) {
            case 401, 403 -> "; the token needs " + permission;
            case 404 -> "; it is not there, or the token may not read it: it needs " + permission;
            default -> "";
        };
        var failure = answer.failure(advice);
        return new SourceUnavailableException(what + " cannot be read: " + failure.getMessage(), failure);
    }

    /** The content of a file as JSON carries it, in base64 with line ends. */
    static SourceFile decoded(String base64) {
        try {
            return found(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new SourceUnavailableException("the forge answered with a file's content that is no base64", e);
        }
    }

    static SourceFile found(byte[] content) {
        return content.length > LARGEST_FILE
                ? new SourceFile.Unreadable("it has more than 8 MiB; name the right file")
                : new SourceFile.Found(content);
    }

    static String file(Repository repository, String path) {
        return "'" + path + "' of " + repository;
    }

    static String tree(Repository repository) {
        return "the tree of " + repository;
    }
}
