package dev.sledge.image;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the images of one repository lie: {@code host[:port]/path}, without tag or digest.
 *
 * @param registry host and optional port, such as {@code 127.0.0.1:5000}
 * @param path lower-case components joined by {@code /}, 255 characters at most
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests">name grammar</a>
 */
public record ImageName(String registry, String path) {
    private static final Pattern REGISTRY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?");
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*");
    private static final Pattern OUTSIDE = Pattern.compile("[^a-z0-9]+");
    private static final Pattern HASHED = Pattern.compile(".*-h[0-9a-f]{16}");
    private static final int LONGEST = 255;
    private static final int LONGEST_READABLE = 100;

    public ImageName {
        if (!REGISTRY.matcher(registry).matches()) {
            throw new IllegalArgumentException("registry '" + registry + "' must be host or host:port");
        }
        if (!isPath(path)) {
            throw new IllegalArgumentException("image path '" + path + "' must be lower-case components of letters and"
                    + " digits, joined by '/', with single '.', '_' or '-' inside");
        }
    }

    private static boolean isPath(String path) {
        if (path.isEmpty() || path.length() > LONGEST) {
            return false;
        }
        for (var component : path.split("/", -1)) {
            if (!COMPONENT.matcher(component).matches()) {
                return false;
            }
        }
        return true;
    }

    /**
     * The path for a repository's images: {@code owner/name} at GitHub, behind the host at any other forge,
     * {@code gitlab.com/group/name}, {@code git.example.com__3000/owner/name}, and the bare name of a directory on this machine. What is no
     * path or could be taken for another is made one, with 16 hex digits of a hash of host and name appended: no two repositories share a
     * path.
     *
     * @param host of the forge, as repositories carry it
     * @param fullName the repository as the forge writes it, such as {@code Octocat/Hello.World}
     */
    public static String pathOf(String host, String fullName) {
        var owned = fullName.contains("/");
        // A first component with a dot is a host, unless it is the only one.
        var dotted = owned && fullName.substring(0, fullName.indexOf('/')).contains(".");
        return switch (host) {
            case "github.com" -> owned && !dotted && isReadable(fullName) ? fullName : hashed(host, fullName);
            case "local" -> !owned && isReadable(fullName) ? fullName : hashed(host, fullName);
            default -> {
                var below = host.replace(":", "__") + "/" + fullName;
                yield host.contains(".") && isReadable(below) ? below : hashed(host, fullName);
            }
        };
    }

    private static boolean isReadable(String path) {
        return isPath(path)
                && path.length() <= LONGEST_READABLE
                && !HASHED.matcher(path).matches();
    }

    private static String hashed(String host, String fullName) {
        var slug = new StringBuilder();
        for (var component : fullName.toLowerCase(Locale.ROOT).split("/", -1)) {
            var plain = OUTSIDE.matcher(component).replaceAll("-").replaceAll("^-|-$", "");
            slug.append(slug.isEmpty() ? "" : "/").append(plain.isEmpty() ? "x" : plain);
        }
        var readable =
                slug.substring(0, Math.min(LONGEST_READABLE, slug.length())).replaceAll("[-/]$", "");
        return readable + "-h" + ImageTag.hash(host + "|" + fullName);
    }

    public ImageReference tagged(ImageTag tag) {
        return new ImageReference(this, tag);
    }

    /** The reference that can never mean another image: {@code registry/path@sha256:…}. */
    public String at(Digest digest) {
        return this + "@" + digest;
    }

    @Override
    public String toString() {
        return registry + "/" + path;
    }
}
