package dev.sledge.local;

import dev.sledge.render.ShellWord;

/**
 * A buildspec as one bash script that does what CodeBuild does: all commands in one shell, so that variables, functions and the
 * directory stay; the first failing command ends its phase; {@code finally} runs in any case; a failed install or pre_build skips the
 * phases after it, a failed build does not skip post_build; {@code CODEBUILD_BUILD_SUCCEEDING} is 1 until something fails, then 0.
 *
 * <p>What the commands print goes to stdout. On stderr come only lines of its own, so that nothing a build prints can look like them:
 * {@code begin NAME} and {@code end NAME STATUS MESSAGE}.
 */
final class BuildspecScript {
    private static final String RUNNER = """
            exec 3>&2 2>&1 < /dev/null
            export CODEBUILD_BUILD_SUCCEEDING=1
            sledge_next=0 sledge_phase='' sledge_skip=''

            sledge_end() { # status
              local status=$1 phase=$sledge_phase command=$sledge_command
              if [ "$status" != 0 ]; then CODEBUILD_BUILD_SUCCEEDING=0; fi
              sledge_command='finally'
              if ! sledge_run "sledge_${phase}_last"; then
                if [ "$status" = 0 ]; then status=1 command=$sledge_command; fi
                CODEBUILD_BUILD_SUCCEEDING=0
              fi
              sledge_phase=''
              # A message is one line, and only a failure has one.
              if [ "$status" = 0 ]; then command=; else command=${command%%$'\\n'*}; fi
              printf 'end %s %s %s\\n' "$phase" "$status" "$command" >&3
              if [ "$status" != 0 ]; then
                case $phase in install | pre_build) [ "${sledge_continue[$phase]:-}" ] || sledge_skip=1 ;; esac
              fi
            }

            sledge_run() { # name of an array of commands
              local -n sledge_commands=$1
              local sledge_each
              for sledge_each in "${sledge_commands[@]}"; do
                sledge_command=$sledge_each
                eval "$sledge_each" || return $?
              done
            }

            sledge_phases() {
              while [ "$sledge_next" -lt "${#sledge_names[@]}" ]; do
                sledge_phase=${sledge_names[$sledge_next]}
                sledge_next=$((sledge_next + 1))
                if [ "$sledge_skip" ]; then continue; fi
                printf 'begin %s\\n' "$sledge_phase" >&3
                sledge_status=0
                sledge_run "sledge_$sledge_phase" || sledge_status=$?
                sledge_end "$sledge_status"
              done
            }

            # A command that leaves the shell ends its phase, as any failing command does, not the build.
            sledge_left() {
              local status=$?
              if [ "$sledge_phase" ] && [ -z "$sledge_skip" ]; then
                sledge_end "$((status == 0 ? 1 : status))"
                trap sledge_left EXIT
                sledge_phases
              fi
              trap - EXIT
              exit "$((1 - CODEBUILD_BUILD_SUCCEEDING))"
            }
            trap sledge_left EXIT

            sledge_phases
            exit "$((1 - CODEBUILD_BUILD_SUCCEEDING))"
            """;

    private BuildspecScript() {}

    static String of(Buildspec buildspec) {
        var script = new StringBuilder();
        buildspec
                .variables()
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append("=\"${")
                        .append(name)
                        .append("-")
                        .append("$(printf %s ")
                        .append(new ShellWord(value))
                        .append(")}\"\n"));
        script.append("declare -A sledge_continue=()\nsledge_names=(");
        buildspec.phases().forEach(phase -> script.append(phase.name()).append(' '));
        script.append(")\n");
        for (var phase : buildspec.phases()) {
            array(script, "sledge_" + phase.name(), phase.commands());
            array(script, "sledge_" + phase.name() + "_last", phase.last());
            if (phase.continues()) {
                script.append("sledge_continue[").append(phase.name()).append("]=1\n");
            }
        }
        return script.append(RUNNER).toString();
    }

    private static void array(StringBuilder script, String name, Iterable<String> commands) {
        script.append(name).append("=(\n");
        commands.forEach(command -> script.append(new ShellWord(command)).append('\n'));
        script.append(")\n");
    }
}
