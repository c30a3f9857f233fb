package dev.sledge.render;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.CacheMount;
import dev.sledge.plan.CacheMounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the contents of cache mounts outlive the builder: only a step of a build reaches them, so a small one fills them before the build, and
 * another empties them into a file after it.
 */
record MountKeeping(BuildPlan plan) {
    private static final String DIRECTORY = "\"$CODEBUILD_SRC_DIR/mounts\"";

    /** With its cache: a mount with an owner builds on a step of its own, and one that were done again would make it another mount. */
    private static final String BUILD = "docker buildx build --progress=rawjson --provenance=false";

    /** A build argument that all cache mounts of a build are named by too. */
    private static final String NAMESPACE = "BUILDKIT_CACHE_MOUNT_NS";

    private CacheMounts mounts() {
        return plan.mounts();
    }

    private String build() {
        return plan.recipe().args().containsKey(NAMESPACE)
                ? BUILD + " --build-arg " + NAMESPACE + "=\"$SLEDGE_ARG_" + NAMESPACE + "\""
                : BUILD;
    }

    /** The first file that is there, into the mounts; what went wrong is told as of any cache. */
    private String fill() {
        return """
                fill() {
                  local file status log="$CODEBUILD_SRC_DIR/mounts/log"
                  for file; do
                    sledge-agent 1 get "$SLEDGE_CACHE_ROOT/$file" | zstd -dq > "$CODEBUILD_SRC_DIR/mounts/mounts.tar"
                    status=${PIPESTATUS[0]}
                    [ "$status" != 4 ] || continue
                    [ "$status" != 0 ] || timeout 300 %s --target filled --output type=cacheonly %s > "$log" 2>&1 \\
                      || { [ "$?" != 124 ] || echo "it took more than five minutes" >> "$log"; status=1; }
                    jq -nc --arg cache "$file" --argjson status "$status" --arg answer "$(tail -n 1 "$log" 2> /dev/null)" \\
                      '{cache: $cache, status: $status, answer: $answer}' >> "$CODEBUILD_SRC_DIR/results/check.jsonl"
                    break
                  done
                  rm -f "$CODEBUILD_SRC_DIR/mounts/mounts.tar"
                }""".formatted(build(), DIRECTORY);
    }

    /** Before the image is built. */
    List<String> before() {
        if (!mounts().areKept()) {
            return List.of();
        }
        var files = IntStream.range(0, mounts().from().size())
                .mapToObj(i -> " \"$SLEDGE_MOUNTS_FROM_" + i + "\"")
                .collect(Collectors.joining());
        return List.of(
                "mkdir -p " + DIRECTORY + " && cp \"$(command -v busybox)\" " + DIRECTORY
                        + " && printf '%s' \"$SLEDGE_MOUNTS\" > \"$CODEBUILD_SRC_DIR/mounts/Dockerfile\""
                        + " || echo \"cache mounts are kept by busybox and sledge-agent, which Sledge's build image has\"",
                fill(),
                "[ \"$exports\" = none ] || fill" + files);
    }

    /** When the image is there. The mark tells the agent that nothing broke on the way. */
    List<String> after() {
        if (!mounts().areKept() || mounts().to().isEmpty()) {
            return List.of();
        }
        return List.of("! ran || { timeout " + CacheWriting.SECONDS + " " + build()
                + " --target emptied --output type=tar,dest=- " + DIRECTORY + " 2>> " + CacheWriting.LOG
                + " \\\n  | tar -xO mounts.tar | zstd -qT0 -1 && printf sledge:end; } \\\n  | " + BuildKitCommands.AGENT
                + "put \"$SLEDGE_CACHE_ROOT/$SLEDGE_MOUNTS_TO_0\" || not_kept $?");
    }

    /** What the commands read. */
    Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        if (mounts().areKept()) {
            environment.put("SLEDGE_MOUNTS", dockerfile());
            number(environment, "SLEDGE_MOUNTS_FROM_", mounts().from());
            number(environment, "SLEDGE_MOUNTS_TO_", mounts().to());
        }
        return environment;
    }

    private static void number(Map<String, String> environment, String prefix, List<String> values) {
        for (var i = 0; i < values.size(); i++) {
            environment.put(prefix + i, values.get(i));
        }
    }

    private String dockerfile() {
        var all = mounts().kept().stream().map(MountKeeping::flag).collect(Collectors.joining(" "));
        return """
                FROM scratch AS tools
                COPY busybox /bin/busybox
                FROM tools AS filled
                RUN --mount=type=bind,source=mounts.tar,target=/mounts.tar %s ["/bin/busybox","tar","-xf","/mounts.tar","-C","/kept"]
                FROM tools AS emptying
                RUN %s ["/bin/busybox","tar","-cf","/mounts.tar","-C","/kept","."]
                FROM scratch AS emptied
                COPY --from=emptying /mounts.tar /
                """.formatted(all, all);
    }

    private static String flag(CacheMount mount) {
        var fields = new ArrayList<String>();
        fields.add("type=cache");
        fields.add("id=" + mount.id());
        fields.add("target=/kept/" + mount.key());
        mount.ownership().forEach((name, value) -> fields.add(name + "=" + value));
        return "--mount=" + String.join(",", fields);
    }
}
