package dev.sledge.advice;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Copy;
import dev.sledge.dockerfile.Instruction.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Goes through one stage and finds the copies that stand before an install without need. */
final class InstallOrder {
    /** Where package managers keep what they fetched; a stage that copies it from another one need not fetch. */
    private static final Pattern FETCHED =
            Pattern.compile("go/pkg|\\.m2\\b|node_modules|\\.cargo|cargo/registry|\\.nuget"
                    + "|\\.gradle|vendor|site-packages|venv|/target\\b|bundle|/deps\\b|_build|\\.pnpm");

    private record Copied(Instruction instruction, ImageState.Brought brought) {}

    private final Review review;
    private final BuildStage stage;
    private final ImageState state;
    private final List<Copied> copies = new ArrayList<>();
    private final List<EarlyCopy> early = new ArrayList<>();

    /** How many copies stood before the first install of a package manager. */
    private final Map<String, Integer> installed = new HashMap<>();

    private final Set<String> seen = new HashSet<>();

    private boolean fetchedElsewhere;
    private boolean compilesCached;

    /** Whether a command after the last copy may have used what was copied. */
    private boolean used;

    InstallOrder(Review review, BuildStage stage) {
        this.review = review;
        this.stage = stage;
        this.state = new ImageState(review.context(), review.graph().globalArgs());
    }

    List<EarlyCopy> early() {
        for (var placed : Lineage.of(review.graph(), stage)) {
            if (placed.instruction() instanceof Copy copy && !copy.from().isEmpty()) {
                fetchedElsewhere |= FETCHED.matcher(copy.source()).find();
            }
            compilesCached |= placed.instruction().source().contains("sccache");
            if (placed.instruction() instanceof Run run) run(run, placed.stage().index() == stage.index());
            var brought = state.pass(placed.instruction());
            if (brought.files().isEmpty()) continue;
            copies.add(new Copied(placed.instruction(), brought));
            used = false;
        }
        return early;
    }

    private void run(Run run, boolean own) {
        for (var install : Installs.of(run)) {
            if (install.kind() == Install.Kind.INDEPENDENT) {
                if (own) independent(run, install).ifPresent(early::add);
                continue;
            }
            // What follows in the same directory has all that the first one fetched.
            boolean first = seen.add(install.ecosystem().name() + " " + install.projectDirectory(state.workdir()));
            if (own && first && !fetchedElsewhere) dependent(run, install).ifPresent(early::add);
            installed.putIfAbsent(install.ecosystem().name(), copies.size());
        }
        used |= !Installs.isIndependent(run);
    }

    /** An install by manifests, with sources beside them. */
    private Optional<EarlyCopy> dependent(Run run, Install install) {
        var ecosystem = install.ecosystem();
        var directory = install.projectDirectory(state.workdir());
        var manifests = new TreeMap<String, String>();
        var project = Optional.<Ecosystem.Project>empty();
        for (var file : state.below(directory).entrySet()) {
            var path = ImagePath.from(directory, file.getKey());
            if (!ecosystem.isManifest(install, path)) continue;
            manifests.put(file.getKey(), file.getValue());
            if (ecosystem.isMain(install, path) && project.isEmpty()) {
                project = Optional.of(new Ecosystem.Project(review.context(), above(file.getValue(), path)));
            }
        }
        if (project.isEmpty() || ecosystem.isVendored(project.get())) return Optional.empty();
        if (compilesCached && ecosystem instanceof Cargo) return Optional.empty();
        for (int i = 0; i < copies.size(); i++) {
            var copied = copies.get(i);
            boolean more = copied.brought.files().values().stream().anyMatch(path -> !manifests.containsValue(path));
            if (!more || !copied.brought.directory()) continue;
            if (installed.getOrDefault(ecosystem.name(), Integer.MAX_VALUE) <= i) return Optional.empty();
            return Optional.of(new EarlyCopy(
                    review.context(),
                    copied.instruction,
                    copied.brought,
                    run,
                    install,
                    project.get(),
                    manifests,
                    state.workdir()));
        }
        return Optional.empty();
    }

    /** An install of what its command names, right after a copy of the whole context. */
    private Optional<EarlyCopy> independent(Run run, Install install) {
        if (used || copies.isEmpty() || !Installs.isIndependent(run)) return Optional.empty();
        if (!Installs.of(run).getFirst().equals(install)) return Optional.empty();
        var copied = copies.getLast();
        // What is laid over the image's root may hold the package manager's own settings.
        boolean overRoot = copied.brought.files().keySet().stream()
                .anyMatch(path -> path.startsWith("/etc/") || path.startsWith("/usr/") || path.startsWith("/root/"));
        if (!copied.brought.whole() || overRoot) return Optional.empty();
        return Optional.of(new EarlyCopy(
                review.context(),
                copied.instruction,
                copied.brought,
                run,
                install,
                new Ecosystem.Project(review.context(), ""),
                Map.of(),
                state.workdir()));
    }

    /** The directory of the context that {@code path}, a file of it, is relative to. */
    private static String above(String file, String path) {
        return file.endsWith("/" + path)
                ? file.substring(0, file.length() - path.length() - 1)
                : ImagePath.parent(file);
    }
}
