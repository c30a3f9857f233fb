package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Flags.Kind;
import dev.sledge.dockerfile.Instruction.Files;
import dev.sledge.problem.Problem.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code COPY} and {@code ADD}. */
final class FilesReader {
    private static final Map<String, Kind> COPY = Map.of(
            "from", Kind.TEXT,
            "chown", Kind.TEXT,
            "chmod", Kind.TEXT,
            "link", Kind.SWITCH,
            "parents", Kind.SWITCH,
            "exclude", Kind.TEXTS);
    private static final Map<String, Kind> ADD = Map.of(
            "chown", Kind.TEXT,
            "chmod", Kind.TEXT,
            "link", Kind.SWITCH,
            "exclude", Kind.TEXTS,
            "checksum", Kind.TEXT,
            "keep-git-dir", Kind.SWITCH,
            "unpack", Kind.SWITCH);

    private final InstructionLine line;
    private final Findings findings;

    FilesReader(InstructionLine line, Findings findings) {
        this.line = line;
        this.findings = findings;
    }

    Instruction copy(Written written, List<String> words) {
        var flags = Flags.read(line, COPY, findings);
        return new Instruction.Copy(written, files(words, flags), flags.text("from"), flags.isOn("parents"));
    }

    Instruction add(Written written, List<String> words) {
        var flags = Flags.read(line, ADD, findings);
        return new Instruction.Add(
                written, files(words, flags), flags.text("checksum"), flags.isOn("keep-git-dir"), flags.isOn("unpack"));
    }

    private Files files(List<String> words, Flags flags) {
        var keyword = line.keyword().toUpperCase(Locale.ROOT);
        if (words.size() < 2)
            refuse(keyword + " needs a source and a destination", "write " + keyword + " SOURCE DEST");
        var destination = words.isEmpty() ? "" : words.getLast();
        if (HeredocStart.parse(destination).isPresent()) {
            refuse("a heredoc cannot be the destination of " + keyword, "put the destination last");
        }
        // Two documents of one name: the last one's content counts for both.
        var contents = new HashMap<String, Heredoc>();
        line.heredocs().forEach(heredoc -> contents.put(heredoc.name(), heredoc));
        var sources = new ArrayList<String>();
        var documents = new ArrayList<Heredoc>();
        for (var word : words.subList(0, Math.max(0, words.size() - 1))) {
            HeredocStart.parse(word)
                    .map(start -> contents.getOrDefault(start.name(), start))
                    .ifPresentOrElse(documents::add, () -> sources.add(word));
        }
        return new Files(
                sources,
                documents,
                destination,
                flags.text("chown"),
                flags.text("chmod"),
                flags.isOn("link"),
                flags.texts("exclude"));
    }

    private void refuse(String what, String fix) {
        findings.refuse(Phase.INSTRUCTIONS, Code.BAD_ARGUMENTS, line.line(), what, fix);
    }
}
