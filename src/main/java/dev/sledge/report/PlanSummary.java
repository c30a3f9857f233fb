package dev.sledge.report;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Cache.KeptStage;
import dev.sledge.plan.PlannedStage;
import java.util.List;

/** A plan as a person reads it on a terminal. */
public final class PlanSummary {
    private PlanSummary() {}

    /** The plan in lines, the last one ended too. */
    public static String of(BuildPlan plan) {
        var text = new StringBuilder();
        line(
                text,
                "build",
                plan.source().repository() + " " + plan.source().ref().full() + " at "
                        + plan.source().commit().hex().substring(0, 12));
        if (plan.pushes()) {
            line(text, "image", plan.output().commitImage());
            line(text, "then tag", plan.output().refTag());
        } else {
            line(text, "image", "none is pushed: the change comes from a fork");
        }
        cache(text, plan.cache());
        plan.decision().why().forEach(why -> line(text, "  why", why));
        for (var mount : plan.mounts().kept()) {
            line(text, "  keep", "the mount " + mount.id());
        }
        references(text, "read", plan.mounts().from());
        references(text, "write", plan.mounts().to());
        plan.images().forEach(image -> line(text, "from", image.reference()));
        plan.stages().forEach(stage -> stage(text, stage, plan.recipe().dockerfile()));
        return text.toString();
    }

    private static void cache(StringBuilder text, Cache cache) {
        switch (cache) {
            case Cache.Registry(var from, var to) -> {
                line(text, "cache", "registry: BuildKit's own, all stages");
                references(text, "read", from);
                references(text, "write", to);
            }
            case Cache.Classic(var stages) -> {
                line(text, "cache", "classic: one image a stage");
                stages(text, stages);
            }
            case Cache.Layout(var from, var to) -> {
                line(text, "cache", "layout: BuildKit's own, all stages, as blobs in S3");
                references(text, "read", from);
                references(text, "write", to);
            }
            case Cache.Inline(var stages) -> {
                line(text, "cache", "inline: one image a stage, with BuildKit's record in it");
                stages(text, stages);
            }
            case Cache.Tarball(var from, var to) -> {
                line(text, "cache", "tarball: BuildKit's own, all stages, as one file in S3");
                references(text, "read", from);
                references(text, "write", to);
            }
            case Cache.Frozen(var from, var to, var beneath) -> {
                line(text, "cache", "frozen: the engine as the last build left it, and beneath it");
                references(text, "read", from);
                references(text, "write", to);
                cache(text, beneath);
            }
            case Cache.Host() -> line(text, "cache", "host: what the machine has from builds before");
            case Cache.None() -> line(text, "cache", "none");
        }
    }

    private static void stages(StringBuilder text, List<? extends KeptStage<?>> stages) {
        for (var stage : stages) {
            references(text, "read " + name(stage.target()), stage.from());
            references(text, "write " + name(stage.target()), stage.to());
        }
    }

    private static String name(String target) {
        return target.isEmpty() ? "last stage" : target;
    }

    private static void references(StringBuilder text, String what, List<?> references) {
        references.forEach(reference -> line(text, "  " + what, reference));
    }

    private static void stage(StringBuilder text, PlannedStage stage, String dockerfile) {
        line(text, "stage", stage.name());
        for (var step : stage.steps()) {
            var where = ("%-" + (dockerfile.length() + 4) + "s  ").formatted(dockerfile + ":" + step.line());
            line(text, "", where + Printable.line(step.instruction(), Math.max(20, Printable.WIDTH - where.length())));
        }
    }

    private static void line(StringBuilder text, String label, Object value) {
        text.append("%-10s %s".formatted(label, value).stripTrailing()).append('\n');
    }
}
