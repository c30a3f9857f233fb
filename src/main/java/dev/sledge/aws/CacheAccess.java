package dev.sledge.aws;

import dev.sledge.build.CacheFolder;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Trust;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the caches of a repository lie in S3, and who reads them. The folder is named after the project that may write it, since that is
 * what a role's policy knows of a build; builds of forks read what carries their own project in a tag.
 *
 * @param root of the bucket, {@code s3://bucket}
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html">tags and policies</a>
 */
record CacheAccess(String root, ProjectArns projects) {
    /** What {@code sledge-agent} reads; nothing where no cache lies in S3. */
    Map<String, String> environment(BuildPlan plan) {
        if (plan.mounts().areKept()) {
            return of(plan, plan.mounts().from().equals(plan.mounts().to()));
        }
        return switch (plan.cache()) {
            case Cache.Layout(var from, var to) -> of(plan, from.equals(to));
            case Cache.Tarball(var from, var to) -> of(plan, from.equals(to));
            case Cache.Frozen(var from, var to, var beneath) -> of(plan, from.equals(to));
            case Cache.Registry registry -> Map.of();
            case Cache.Inline inline -> Map.of();
            case Cache.Host host -> Map.of();
            case Cache.None none -> Map.of();
            case Cache.Classic classic -> Map.of();
        };
    }

    private Map<String, String> of(BuildPlan plan, boolean isDefaultBranchs) {
        var environment = new TreeMap<>(Map.of("SLEDGE_CACHE_ROOT", root + "/" + CacheFolder.of(projects.trusted())));
        if (plan.source().trust() == Trust.TRUSTED) {
            environment.put("SLEDGE_CACHE_READERS", projects.fork());
            environment.put("SLEDGE_CACHE_PUBLIC", String.valueOf(isDefaultBranchs));
        }
        return environment;
    }
}
