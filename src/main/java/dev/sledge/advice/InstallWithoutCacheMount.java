package dev.sledge.advice;

import dev.sledge.dockerfile.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** DC02: an install throws away what it fetched, although the builder would keep it in a mount. */
final class InstallWithoutCacheMount extends DockerfileRule {
    /** Where the package managers keep what they fetched, for root. */
    private static final Map<String, String> CACHES = Map.ofEntries(
            Map.entry("npm", "/root/.npm"),
            Map.entry("yarn", "/usr/local/share/.cache/yarn"),
            Map.entry("pnpm", "/root/.local/share/pnpm/store"),
            Map.entry("bun", "/root/.bun/install/cache"),
            Map.entry("mvn", "/root/.m2"),
            Map.entry("mvnw", "/root/.m2"),
            Map.entry("gradle", "/root/.gradle"),
            Map.entry("gradlew", "/root/.gradle"),
            Map.entry("go", "/go/pkg/mod"),
            Map.entry("cargo", "/usr/local/cargo/registry"),
            Map.entry("pip", "/root/.cache/pip"),
            Map.entry("pip3", "/root/.cache/pip"),
            Map.entry("poetry", "/root/.cache/pypoetry"),
            Map.entry("uv", "/root/.cache/uv"),
            Map.entry("dotnet", "/root/.nuget/packages"),
            Map.entry("composer", "/root/.cache/composer"));

    InstallWithoutCacheMount() {
        super("DC02", "An install keeps nothing of what it fetches, although this builder keeps cache mounts.");
    }

    @Override
    List<Finding> find(Review review) {
        if (review.mounts() == Review.Mounts.LOST) return List.of();
        var findings = new ArrayList<Finding>();
        for (var run : runs(review)) {
            boolean mounted = run.mounts().stream().anyMatch(mount -> mount.type() == Mount.Type.CACHE);
            if (mounted) continue;
            Installs.of(run).stream()
                    .filter(install -> CACHES.containsKey(install.command().program()))
                    .filter(install -> !install.command().has("--no-cache-dir", "--no-cache"))
                    .findFirst()
                    .ifPresent(install -> findings.add(finding(
                            review,
                            Severity.INFO,
                            run.lines(),
                            "`" + install.command().program() + "` fetches everything again whenever line "
                                    + run.lines().first() + " runs again.",
                            "RUN --mount=type=cache,target="
                                    + CACHES.getOrDefault(install.command().program(), "/root/.cache") + " "
                                    + run.source()
                                            .substring(run.keyword().length())
                                            .strip(),
                            install.ecosystem().seconds() * 0.2)));
        }
        return findings;
    }
}
