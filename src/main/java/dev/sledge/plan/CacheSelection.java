package dev.sledge.plan;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.StageGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * The cache of {@code cache: auto} for the stages of one image.
 *
 */
record CacheSelection(StageGraph graph, CachePlanner caches, CacheChooser chooser, CacheChooser.Limits limits) {
    record Selected(Cache cache, CacheDecision decision) {}

    Selected selected() {
        var choice = chooser.choose(limits);
        return switch (choice.kind()) {
            case REGISTRY -> of(caches.registry(), choice);
            case FROZEN -> of(caches.frozen(), choice);
            case CLASSIC -> of(caches.classic(), choice);
            case NONE -> of(new Cache.None(), choice);
            case INLINE -> byStage(choice);
        };
    }

    private static Selected of(Cache cache, CacheChooser.Choice choice) {
        return new Selected(cache, new CacheDecision(List.of(choice.why()), List.of()));
    }

    /** The target is always kept: it costs least, since the image is pushed anyway. */
    private Selected byStage(CacheChooser.Choice choice) {
        var why = new ArrayList<String>();
        why.add(choice.why());
        var dropped = new ArrayList<BuildStage>();
        for (var stage : graph.leaves(Builder.BUILDKIT)) {
            if (stage.index() != graph.targetIndex()) {
                chooser.notKept(labels(graph.chain(stage))).ifPresent(reason -> {
                    why.add(reason);
                    dropped.add(stage);
                });
            }
        }
        return new Selected(caches.inlineBut(dropped), new CacheDecision(why, labels(dropped)));
    }

    private static List<String> labels(List<BuildStage> stages) {
        return stages.stream().map(stage -> stage.written().label()).toList();
    }
}
