package dev.sledge.cli;

import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.local.WorkTree;
import dev.sledge.settings.BuildSettings.CacheChoice;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which commit of which work tree a command is about, and how it is to be cached. */
final class WorkTreeArguments {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "A git work tree; only what is committed counts. Default: the current directory.")
    Path directory = Path.of(".");

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "The branch or tag that counts as pushed. Default: the branch that is checked out.")
    @Nullable
    String ref;

    @Option(
            names = "--cache",
            paramLabel = "KIND",
            description =
                    "The kind of layer cache, whatever sledge.yml says: auto, registry, layout, inline, tarball, classic, host, none.")
    @Nullable
    CacheChoice cache;

    Optional<CacheChoice> cacheChoice() {
        return Optional.ofNullable(cache);
    }

    /** The push that the work tree stands for: its ref, at the commit it points to. */
    Pushed pushed(WorkTree tree) {
        var pushed = ref == null
                ? tree.head()
                        .orElseThrow(() -> new UserErrorException("HEAD is on no branch; say which one with --ref"))
                : tree.find(ref)
                        .orElseThrow(() -> new UserErrorException("no branch or tag '" + ref + "' in " + directory));
        var commit = tree.commit(pushed.full())
                .orElseThrow(() -> new UserErrorException(
                        "'" + pushed.name() + "' has no commit yet; commit what is to be built"));
        return new Pushed(tree.repository(), pushed, new Before.Nothing(), commit, tree.defaultBranch(pushed));
    }
}
