package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction.Add;
import java.util.ArrayList;
import java.util.List;

/** DC12: a download without a checksum. */
final class UncheckedDownload extends DockerfileRule {
    UncheckedDownload() {
        super("DC12", "A file is added from a URL without a checksum, so every build has to ask the server for it.");
    }

    @Override
    List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        for (var stage : built(review)) {
            for (var instruction : stage.written().instructions()) {
                if (!(instruction instanceof Add add) || !add.checksum().isEmpty()) continue;
                add.files().sources().stream()
                        .filter(source -> source.startsWith("http://") || source.startsWith("https://"))
                        .filter(source -> !source.contains(".git#") && !source.endsWith(".git"))
                        .findFirst()
                        .ifPresent(url -> findings.add(finding(
                                review,
                                Severity.INFO,
                                add.lines(),
                                "Every build asks the server whether " + url
                                        + " has changed, and fails where it does not"
                                        + " answer; a changed file runs all that follows again.",
                                "# curl -sSL " + url + " | sha256sum prints the checksum\n"
                                        + Pasted.line(add).replaceFirst("(?i)^ADD", "ADD --checksum=sha256:CHECKSUM"),
                                2)));
            }
        }
        return findings;
    }
}
