package dev.sledge.dockerfile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what {@code --platform} may say, and gives it the one form that names it.
 *
 * @see <a href="https://github.com/containerd/platforms/blob/main/platforms.go">platforms.Parse</a>
 */
final class PlatformText {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final int LONGEST = 256;
    private static final Set<String> SYSTEMS = Set.of(
            "aix",
            "android",
            "darwin",
            "dragonfly",
            "freebsd",
            "hurd",
            "illumos",
            "ios",
            "js",
            "linux",
            "nacl",
            "netbsd",
            "openbsd",
            "plan9",
            "solaris",
            "windows",
            "zos");
    private static final Set<String> ARCHITECTURES = Set.of(
            "386",
            "amd64",
            "amd64p32",
            "arm",
            "armbe",
            "arm64",
            "arm64be",
            "loong64",
            "mips",
            "mipsle",
            "mips64",
            "mips64le",
            "mips64p32",
            "mips64p32le",
            "ppc",
            "ppc64",
            "ppc64le",
            "riscv",
            "riscv64",
            "s390",
            "s390x",
            "sparc",
            "sparc64",
            "wasm");

    private PlatformText() {}

    /** The platform as {@code os/architecture[/variant]}; empty if the text names none. */
    static Optional<String> normalise(String text) {
        var parts = List.of(text.split("/", -1));
        if (text.length() > LONGEST || parts.size() > 3) return Optional.empty();
        if (!parts.stream().skip(1).allMatch(part -> WORD.matcher(part).matches())) return Optional.empty();
        return SystemText.read(parts.getFirst()).flatMap(system -> normalise(system, parts));
    }

    private static Optional<String> normalise(SystemText system, List<String> parts) {
        if (parts.size() == 1) return alone(system, parts.getFirst());
        var architecture = architecture(parts.get(1), parts.size() == 3 ? parts.get(2) : "");
        // Two words leave out the variant that goes without saying, three keep what they say.
        if (parts.size() == 2 && architecture.equals("arm/v7")) architecture = "arm";
        if (parts.size() == 3 && architecture.equals("arm64")) architecture = "arm64/v8";
        return Optional.of(system + "/" + architecture);
    }

    /** One word is a system or an architecture; what it leaves open is that of a Linux builder. */
    private static Optional<String> alone(SystemText system, String word) {
        if (SYSTEMS.contains(system.name())) return Optional.of(system + "/amd64");
        var architecture = architecture(word, "");
        if (architecture.equals("arm/v7")) architecture = "arm";
        var name = architecture.contains("/") ? architecture.substring(0, architecture.indexOf('/')) : architecture;
        return ARCHITECTURES.contains(name) ? Optional.of("linux/" + architecture) : Optional.empty();
    }

    private static String architecture(String word, String variant) {
        var name = LowerCase.of(word);
        var kind = LowerCase.of(variant);
        return switch (name) {
            case "i386" -> "386";
            case "x86_64", "x86-64", "amd64" -> named("amd64", kind.equals("v1") ? "" : kind);
            case "aarch64", "arm64" ->
                switch (kind) {
                    case "8", "v8", "v8.0" -> "arm64";
                    case "9", "9.0", "v9.0" -> "arm64/v9";
                    default -> named("arm64", kind);
                };
            case "armhf" -> "arm/v7";
            case "armel" -> "arm/v6";
            case "arm" ->
                switch (kind) {
                    case "", "7" -> "arm/v7";
                    case "5", "6", "8" -> "arm/v" + kind;
                    default -> "arm/" + kind;
                };
            default -> named(name, kind);
        };
    }

    private static String named(String architecture, String variant) {
        return variant.isEmpty() ? architecture : architecture + "/" + variant;
    }
}
