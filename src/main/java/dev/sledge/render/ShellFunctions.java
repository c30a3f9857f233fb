package dev.sledge.render;

/** What the commands of a build by BuildKit share: functions of the one shell that all of them run in. */
final class ShellFunctions {
    private ShellFunctions() {}

    /** Its base images come from where the engine's come from; it pushes as the engine does to a registry on the loopback. */
    static final String BUILDER_OF_ITS_OWN = """
            builder() {
              local config=$CODEBUILD_SRC_DIR/buildkitd.toml mirror=${SLEDGE_REGISTRY_MIRROR:-}
              : > "$config"
              [ -z "$mirror" ] || printf '[registry."docker.io"]\\n  mirrors = ["%s"]\\n[registry."%s"]\\n  http = %s\\n' "${mirror#*://}" "${mirror#*://}" \\
                "$([[ $mirror = http://* ]] && echo true || echo false)" > "$config"
              docker buildx create --use --bootstrap --driver docker-container --driver-opt network=host --config "$config"
            }""";

    /**
     * Keeps the build's log for the record and shows a person what happens. The sed keeps lines of JSON, which begin with a quote or a bracket:
     * after a failure BuildKit adds lines of plain text.
     */
    static final String SHOW = """
                show() {
                  tee "$CODEBUILD_SRC_DIR/results/buildkit.jsonl" | sed -un '/^ *[]["{}]/p' | jq --unbuffered -rj '
                    (.vertexes[]? | select(.error | not) | if .cached then "=> CACHED \\(.name)\\n"
                      elif .completed then "=> DONE \\(.name)\\n"
                      elif .started then "=> \\(.name)\\n" else empty end),
                    (.logs[]?.data | @base64d),
                    (.vertexes[]? | select(.error) | "=> ERROR \\(.name)\\n\\(.error)\\n")'
                }""";

    /**
     * The same of the classic builder, whose log has no times: each line gets the moment it came. The log stands at the end of the pipe: bash
     * does not wait for a substitution, and the last lines would be missing when a build fails.
     */
    static final String SHOW_CLASSIC =
            "show_classic() { tee >(cat >&2) | jq --unbuffered -Rc '{time: now, line: .}' >> \"$CODEBUILD_SRC_DIR/results/classic.jsonl\"; }";

    /** Whether there is a cache of a name; its answer is kept for the record. What never answers would hold up the builder until its end. */
    static final String ANSWERS = """
            answers() {
              local answer status=0
              answer=$(timeout 10 docker buildx imagetools inspect --raw "$1" 2>&1) || status=$?
              jq -nc --arg cache "$1" --argjson status "$status" --arg answer "${answer:0:500}" \\
                '{cache: $cache, status: $status, answer: (if $status == 0 then "" else $answer end)}' >> "$CODEBUILD_SRC_DIR/results/check.jsonl"
              [ "$status" = 0 ] || echo "no cache is read from $1: ${answer:-it did not answer}"
              return "$status"
            }""";

    /**
     * What a build waits for, as its log has it: the description of a cache that has not come yet, and layers that are being fetched, with how much
     * of them is there. Of these BuildKit tells several times a second; of one that nobody fetches any more it tells no more.
     *
     * @see <a href="https://github.com/moby/buildkit/blob/master/util/pull/pullprogress/progress.go">what it tells of a layer</a>
     */
    static final String WAITS_FOR = """
            waits_for() {
              sed -n '/^ *[]["{}]/p' "$CODEBUILD_SRC_DIR/results/buildkit.jsonl" | jq -rn 'reduce (try inputs catch empty) as $told ({};
                reduce ($told.vertexes[]? | select(.name | startswith("importing cache manifest"))) as $cache (.;
                  .[$cache.digest] = if $cache.completed then null else $cache.name end)
                | reduce ($told.statuses[]? | select(.id | startswith("sha256:"))) as $layer (.;
                  .[$layer.vertex + $layer.id] = if $layer.completed or $layer.current == $layer.total or ($layer.timestamp | sub("[.].*"; "Z") | fromdate) < now - 5 then null
                    else "\\($layer.id), of which \\($layer.current) of \\($layer.total) bytes are there" end))
                | .[] | strings' 2> /dev/null | sort
            }""";

    /** Runs a build, and ends it if it waits for the same thing still when it is asked again: a registry that hangs would be waited for for good. */
    static final String UNLESS_IT_HANGS = """
            unless_it_hangs() {
              local build watch status=0
              "$@" & build=$!
              {
                local before= now hangs
                while sleep 30 > /dev/null 2>&1; do
                  now=$(waits_for)
                  hangs=$(comm -12 <(echo "$before") <(echo "$now") | head -n 1)
                  [ -z "$hangs" ] || { echo "ERROR: for half a minute nothing came: $hangs"; kill "$build"; break; }
                  before=$now
                done
              } & watch=$!
              wait "$build" || status=$?
              kill "$watch" 2> /dev/null
              return "$status"
            }""";

    /** An engine whose state outgrew the memory it was in is started anew on the disk. */
    static final String ON_DISK = """
            on_disk() {
              [ -e "$CODEBUILD_SRC_DIR/results/buildkit.jsonl" ] && [ -e /run/sledge/engine.json ] && jq -e '.state == "memory"' /run/sledge/engine.json > /dev/null || return
              sed -n '/^ *[]["{}]/p' "$CODEBUILD_SRC_DIR/results/buildkit.jsonl" | jq -r '(.logs[]?.data | @base64d), (.vertexes[]?.error // empty)' \\
                | grep -iE 'no space left on device|cannot allocate memory|exit code: 137' > /dev/null || return
              echo "the memory is too small for this build: building again on the disk"
              start-engine containerd disk "the memory was not enough"
            }""";

    /** A failed command, a missing file or image, a mistake in the Dockerfile: the cache has no part in these. */
    static final String FAILED_BY_ITSELF = """
            failed_by_itself() { grep -qE 'did not complete successfully|failed to calculate checksum|parse error|failed to resolve source' "$CODEBUILD_SRC_DIR/results/buildkit.jsonl" 2> /dev/null; }""";

    /** Else the cache may have broken it. */
    static final String CACHE_FAILED = """
            cache_failed() {
              cd "$CODEBUILD_SRC_DIR/results"
              [ -e buildkit.jsonl ] && ! failed_by_itself \\
                && mv buildkit.jsonl buildkit-1.jsonl && echo "building again without the cache"
              local status=$?
              cd "$OLDPWD"
              return "$status"
            }""";

    /**
     * What hung is waited for by the engine still, and by whatever it builds next that has a step in common: another one begins. One that is not
     * Sledge's cannot be ended.
     */
    static final String WAITS_NO_MORE = """
            waits_no_more() {
              ! grep -q '^ERROR: for half a minute nothing came' "$CODEBUILD_SRC_DIR/results/buildkit-1.jsonl" \\
                || { declare -F builder && docker buildx rm && builder; } > /dev/null 2>&1 \\
                || { [ -e /run/sledge/engine.pids ] && start-engine containerd disk "the one before waited for its cache still"; } || true
            }""";

    /** Whether the image was built and a step ran for it: else there is nothing new to keep. */
    static final String RAN = """
            ran() {
              [ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ] && [ "$exports" != none ] && jq -se '[.[].vertexes[]? | select(.completed and (.name | test("[0-9]/[0-9]+\\\\] (RUN|COPY|ADD|WORKDIR) ")))]
                | group_by(.digest) | any(all(.cached | not))' "$CODEBUILD_SRC_DIR/results/buildkit.jsonl" > /dev/null
            }""";

    /**
     * How the cache is written: all stages, or by an engine that cannot, what it can. Layers that no image has are compressed with zstd, which
     * takes a fraction of gzip's time in both directions; those of the image are there already, as it has them.
     */
    static final String EXPORTED = """
            exported() {
              if [ "$exports" = all ]; then
                export=(--output type=cacheonly --cache-to "type=registry,ref=$1,mode=max,compression=zstd,image-manifest=true,oci-mediatypes=true")
              else
                export=(--output "type=image,name=$1,$pushed" --cache-to type=inline)
                echo '{"last_stage_only":true}' >> "$CODEBUILD_SRC_DIR/results/check.jsonl"
              fi
            }""";

    /** What failed is tried once more, unless its time was over: layers are compressed by then, and only travel. */
    static final String TWICE = """
            twice() {
              local log="$CODEBUILD_SRC_DIR/results/keep.jsonl" status=0
              "$@" > "$log" 2>&1 || status=$?
              [ "$status" = 0 ] || [ "$status" = 124 ] || { mv "$log" "${log%.jsonl}-1.jsonl"; status=0; "$@" > "$log" 2>&1 || status=$?; }
              return "$status"
            }""";

    /**
     * A stage that is kept as an image, by a command after its name. Without the record of its layers it would be found by nobody; the builder says
     * when it writes one, and old ones in other words.
     */
    static final String STAGE = """
            stage() {
              local log="$CODEBUILD_SRC_DIR/stage.jsonl" status=0
              timeout %d "${@:2}" > "$log" 2>&1 || status=$?
              cat "$log" >> "$CODEBUILD_SRC_DIR/results/keep.jsonl"
              [ "$status" != 0 ] || grep -qE 'preparing (layers for inline cache|build cache for export)' "$log" \\
                || jq -nc --arg stage "$1" '{no_record: $stage}' >> "$CODEBUILD_SRC_DIR/results/keep.jsonl"
              return "$status"
            }""".formatted(CacheWriting.SECONDS);

    static final String NOT_KEPT = """
            not_kept() {
              echo "{\\"not_kept\\":$1}" >> "$CODEBUILD_SRC_DIR/results/keep.jsonl"
              echo "the cache was not written"
            }""";

    /** The first of several files that is there, unpacked beside the engine's state; what went wrong is told as of any cache. */
    static final String FETCH = """
            fetch() {
              local directory=$CODEBUILD_SRC_DIR/cached file status
              cached=()
              for file in %s; do
                mkdir -p "$directory"
                sledge-agent 1 get "$SLEDGE_CACHE_ROOT/$file" | tar -xC "$directory"
                status=("${PIPESTATUS[@]}")
                if [ "${status[*]}" = "0 0" ]; then
                  cached=(--cache-from "type=local,src=$directory")
                  return
                fi
                rm -rf "$directory"
                [ "${status[0]}" = 4 ] || echo "{\\"cache\\":\\"$file\\",\\"status\\":${status[0]},\\"answer\\":\\"\\"}" >> "$CODEBUILD_SRC_DIR/results/check.jsonl"
              done
            }""";
}
