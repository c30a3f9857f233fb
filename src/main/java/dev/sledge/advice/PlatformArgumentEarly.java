package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** DC13: a stage that runs on the build platform downloads the same for each target platform. */
final class PlatformArgumentEarly extends DockerfileRule {
    private static final Set<String> PLATFORM = Set.of("TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT");

    PlatformArgumentEarly() {
        super("DC13", "The target platform is declared above a download that is the same for all platforms.");
    }

    @Override
    List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        for (var stage : built(review)) {
            if (!stage.written().platform().contains("BUILDPLATFORM")) continue;
            var early = EarlyArgument.in(stage.written(), PlatformArgumentEarly::isPlatform).stream()
                    .filter(argument -> !argument.downloads().isEmpty())
                    .toList();
            if (!early.isEmpty()) findings.add(finding(review, early));
        }
        return findings;
    }

    private Finding finding(Review review, List<EarlyArgument> early) {
        var names = early.stream().map(EarlyArgument::names).collect(Collectors.joining(", "));
        var downloads = early.getFirst().downloads();
        return finding(
                review,
                Severity.WARNING,
                early.getFirst().arg().lines(),
                names + (names.contains(",") ? " are" : " is") + " in the key of line "
                        + downloads.getFirst().lines().first()
                        + ", which fetches the same for every platform: it runs once for each.",
                early.stream()
                        .map(argument -> new LaterArgument(argument, downloads).text())
                        .collect(Collectors.joining("\n")),
                20);
    }

    private static boolean isPlatform(Declaration declaration) {
        return PLATFORM.contains(declaration.name());
    }
}
