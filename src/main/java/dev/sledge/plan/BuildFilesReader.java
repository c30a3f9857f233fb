package dev.sledge.plan;

import dev.sledge.dockerfile.BuildOptions;
import dev.sledge.dockerfile.Charting;
import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.DockerfileParser;
import dev.sledge.dockerfile.Parsing;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.image.Platform;
import dev.sledge.plan.BuildFiles.ImageFile;
import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import dev.sledge.settings.BuildSettings;
import dev.sledge.settings.BuildSettings.Image;
import dev.sledge.settings.BuildSettings.Target;
import dev.sledge.settings.SettingsReader;
import dev.sledge.settings.SettingsReading;
import dev.sledge.source.SourceFile;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the settings of a commit, then each Dockerfile as far as it goes. */
record BuildFilesReader(Function<String, SourceFile> files, Platform platform) {
    BuildFiles read() {
        return switch (settings(files)) {
            case SettingsReading.Unreadable(var problems) -> new BuildFiles.Unreadable(problems);
            case SettingsReading.Read(var settings) ->
                new BuildFiles.Read(
                        settings, settings.images().stream().map(this::image).toList());
        };
    }

    static SettingsReading settings(Function<String, SourceFile> files) {
        return switch (files.apply(BuildFiles.SETTINGS)) {
            case SourceFile.Missing() -> new SettingsReading.Read(BuildSettings.DEFAULT);
            case SourceFile.Found found -> SettingsReader.read(BuildFiles.SETTINGS, found.text());
            case SourceFile.Unreadable(var why) ->
                new SettingsReading.Unreadable(
                        List.of(problem(Code.SETTINGS_SYNTAX, BuildFiles.SETTINGS, "it cannot be read", why)));
        };
    }

    private ImageFile image(Image image) {
        var path = image.dockerfile();
        return switch (files.apply(path)) {
            case SourceFile.Found found ->
                switch (DockerfileParser.parse(path, found.content())) {
                    case Parsing.Unparsable unparsable -> new ImageFile.Faulty(unparsable.problems(), List.of());
                    case Parsing.Parsed(var dockerfile, var warnings) -> chart(image, dockerfile, warnings);
                };
            case SourceFile.Missing() ->
                missing(
                        path,
                        "the commit has no such file",
                        "commit a Dockerfile, or name yours in " + BuildFiles.SETTINGS);
            case SourceFile.Unreadable(var why) -> missing(path, "this is no file to build from", why);
        };
    }

    private ImageFile chart(Image image, Dockerfile dockerfile, List<Problem> warnings) {
        return switch (StageGraph.of(dockerfile, options(image))) {
            case Charting.Unresolved unresolved -> new ImageFile.Faulty(unresolved.problems(), warnings);
            case Charting.Unbuildable unbuildable -> new ImageFile.Faulty(unbuildable.problems(), warnings);
            case Charting.Charted(var graph, var more) ->
                new ImageFile.Charted(
                        image,
                        dockerfile,
                        graph,
                        Stream.concat(warnings.stream(), more.stream()).toList());
        };
    }

    private BuildOptions options(Image image) {
        var target = switch (image.target()) {
            case Target.LastStage() -> "";
            case Target.Stage(var name) -> name;
        };
        return new BuildOptions(image.args(), target, platform, platform);
    }

    private static ImageFile missing(String path, String what, String fix) {
        return new ImageFile.Faulty(List.of(problem(Code.DOCKERFILE_MISSING, path, what, fix)), List.of());
    }

    private static Problem problem(Code code, String path, String what, String fix) {
        return new Problem(code, new SourceLine(path, 0), what, fix);
    }
}
