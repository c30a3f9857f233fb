package dev.sledge.advice;

import java.util.List;
import java.util.stream.Stream;

/** All rules, by their ids. */
public final class Rules {
    /** Those that a comment can silence. */
    static final List<DockerfileRule> SILENCEABLE = List.of(
            new SourceBeforeDependencies(),
            new InstallWithoutCacheMount(),
            new CacheMountLost(),
            new VolatileArgumentEarly(),
            new GitInContext(),
            new FloatingBase(),
            new FloatingCopySource(),
            new UnusedStage(),
            new SplitAptUpdate(),
            new AptWithoutCacheMount(),
            new MovingFetch(),
            new UncheckedDownload(),
            new PlatformArgumentEarly(),
            new RecursiveOwner(),
            new WholeContextMount(),
            new VariableLabelEarly(),
            new NpmInstall(),
            new CopyWithoutLink(),
            new ModeBits());

    /** The one about those comments. */
    static final UselessSilence SILENCES = new UselessSilence();

    private Rules() {}

    /** Every rule, in the order of their ids. */
    public static List<Rule> all() {
        return Stream.concat(Stream.of(SILENCES), SILENCEABLE.stream()).toList();
    }
}
