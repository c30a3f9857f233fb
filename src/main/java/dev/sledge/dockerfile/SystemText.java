package dev.sledge.dockerfile;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first part of a platform: {@code windows}, {@code windows(10.0.17763)} or {@code windows(10.0+win32k)}.
 *
 * @param name in small letters
 * @param version empty if none is given
 * @param features in order, without repetition
 * @see <a href="https://github.com/containerd/platforms/blob/main/platforms.go">platforms.Parse</a>
 */
record SystemText(String name, String version, List<String> features) {
    private static final Pattern FORM =
            Pattern.compile("(?<name>[A-Za-z0-9_-]+)(?<options>\\([A-Za-z0-9_.%-]*(?:\\+[A-Za-z0-9_.%-]+)*+\\))?");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern SPECIAL = Pattern.compile("[%+()/]");

    SystemText {
        features = List.copyOf(features);
    }

    /** Empty if the text has another form. */
    static Optional<SystemText> read(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || BAD_ESCAPE.matcher(text).find()) return Optional.empty();
        var lower = LowerCase.of(parts.group("name"));
        var name = lower.equals("macos") ? "darwin" : lower;
        if (parts.group("options") == null) return Optional.of(new SystemText(name, "", List.of()));
        var options =
                text.substring(parts.start("options") + 1, text.length() - 1).split("\\+", -1);
        var features =
                Stream.of(options).skip(1).map(SystemText::decoded).collect(Collectors.toCollection(TreeSet::new));
        return Optional.of(new SystemText(name, decoded(options[0]), List.copyOf(features)));
    }

    @Override
    public String toString() {
        if (version.isEmpty() && features.isEmpty()) return name;
        var options = Stream.concat(Stream.of(version), features.stream()).map(SystemText::encoded);
        return name + options.collect(Collectors.joining("+", "(", ")"));
    }

    private static String decoded(String option) {
        return ESCAPE.matcher(option).replaceAll(escape -> {
            var letter = String.valueOf((char) Integer.parseInt(escape.group(1), 16));
            return Matcher.quoteReplacement(letter);
        });
    }

    private static String encoded(String option) {
        return SPECIAL.matcher(option)
                .replaceAll(letter -> "%%%02X".formatted((int) letter.group().charAt(0)));
    }
}
