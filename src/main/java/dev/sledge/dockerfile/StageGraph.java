package dev.sledge.dockerfile;

import dev.sledge.problem.Suggestion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which stage needs which, for one target.
 *
 * <p>The order of the file is a topological order: BuildKit refuses a stage that needs a later one.
 *
 * @param stages all of the file, needed or not
 * @param edges what they copy and mount from each other and from images, in the order of the file
 * @param targetIndex the stage to build
 * @param globalArgs values of the {@code ARG}s before the first {@code FROM}; empty for those without any
 */
public record StageGraph(List<BuildStage> stages, List<Edge> edges, int targetIndex, Map<String, String> globalArgs) {
    public StageGraph {
        stages = List.copyOf(stages);
        edges = List.copyOf(edges);
        globalArgs = Map.copyOf(new TreeMap<>(globalArgs));
        if (targetIndex < 0 || targetIndex >= stages.size()) {
            throw new IllegalArgumentException("no stage " + targetIndex + " among " + stages.size());
        }
    }

    /** Resolves the stages of {@code dockerfile} as BuildKit would for these options. */
    public static Charting of(Dockerfile dockerfile, BuildOptions options) {
        return new Cartographer(dockerfile, options).chart();
    }

    /** The stage that may have been meant by the name of an image; empty if no name is near, or if it is more than a name. */
    public Optional<String> stageLike(String image) {
        var names = stages.stream().map(BuildStage::name).filter(name -> !name.isEmpty());
        return nearest(image, names.toList());
    }

    /** That of {@code names} which may have been meant by the name of an image. */
    static Optional<String> nearest(String image, Collection<String> names) {
        boolean qualified = image.contains("/") || image.contains(":") || image.contains("@");
        return qualified ? Optional.empty() : Suggestion.nearest(image, names);
    }

    /** The stage to build. */
    public BuildStage target() {
        return stages.get(targetIndex);
    }

    /** The stages that building {@code stage} takes, itself included, in the order of the file. */
    public List<BuildStage> reachable(int stage) {
        return closure(stage).stream().mapToObj(stages::get).toList();
    }

    /** {@code stage} and the stages that it is built on, itself first. */
    public List<BuildStage> chain(BuildStage stage) {
        var chain = new ArrayList<BuildStage>();
        chain.add(stage);
        while (chain.getLast().base() instanceof BaseImage.EarlierStage(int index)) {
            chain.add(stages.get(index));
        }
        return chain;
    }

    /**
     * The stages whose images together hold every layer of the build, for caches kept stage by stage.
     *
     * <p>Of the stages that {@code builder} builds, those with an instruction of their own that no other of them builds
     * on: a base stage's layers are the first layers of its child.
     *
     * @return in the order of the file
     */
    public List<BuildStage> leaves(Builder builder) {
        var built = new BitSet();
        switch (builder) {
            case BUILDKIT -> built.or(closure(targetIndex));
            case CLASSIC -> built.set(0, targetIndex + 1);
        }
        var parents = new BitSet();
        built.stream().forEach(index -> {
            if (stages.get(index).base() instanceof BaseImage.EarlierStage(int parent)) parents.set(parent);
        });
        return built.stream()
                .filter(index -> !parents.get(index))
                .mapToObj(stages::get)
                .filter(stage -> !stage.instructions().isEmpty())
                .toList();
    }

    /** The numbered steps of {@code stage} in BuildKit's log; empty if it has none. */
    public List<Step> steps(int stage) {
        return StepNumbering.of(this, stages.get(stage));
    }

    private BitSet closure(int root) {
        var needs = new ArrayList<TreeSet<Integer>>();
        for (var stage : stages) {
            var direct = new TreeSet<Integer>();
            if (stage.base() instanceof BaseImage.EarlierStage(int parent)) direct.add(parent);
            needs.add(direct);
        }
        for (var edge : edges) {
            if (edge.toStage() != Edge.IMAGE) needs.get(edge.stage()).add(edge.toStage());
        }
        var found = new BitSet();
        var open = new ArrayDeque<Integer>();
        open.push(root);
        while (!open.isEmpty()) {
            int next = open.pop();
            if (found.get(next)) continue;
            found.set(next);
            open.addAll(needs.get(next));
        }
        return found;
    }
}
