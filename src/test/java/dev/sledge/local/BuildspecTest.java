package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildspecTest {
    @Test
    void phasesRunInCodeBuildsOrderWhateverTheFileSays() {
        var buildspec = Buildspec.parse("""
                version: 0.2
                phases:
                  post_build: {commands: [d]}
                  build: {commands: [c]}
                  install: {commands: [a]}
                  pre_build: {commands: [b], finally: [e]}
                """);
        assertThat(buildspec.phases())
                .extracting(Buildspec.Phase::name)
                .containsExactly("install", "pre_build", "build", "post_build");
        assertThat(buildspec.phases().get(1).last()).containsExactly("e");
    }

    /** What is left out silently here would run there. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            version: 0.1                                                          | version must be 0.2
            {version: 0.2, artifacts: {files: ['**/*']}}                          | 'artifacts' in the buildspec runs on CodeBuild only
            {version: 0.2, env: {shell: powershell.exe}}                          | env.shell must be bash
            {version: 0.2, env: {secrets-manager: {A: b}}}                        | 'secrets-manager' in env runs on CodeBuild only
            {version: 0.2, phases: {build: {commands: [a], run-as: me}}}          | 'run-as' in build runs on CodeBuild only
            {version: 0.2, phases: {build: {commands: [a], on-failure: RETRY-3}}} | on-failure RETRY-3 runs on CodeBuild only
            {version: 0.2, phases: {deploy: {commands: [a]}}}                     | 'deploy' in phases runs on CodeBuild only
            {version: 0.2, phases: {build: {commands: a}}}                        | commands of a phase must be a list
            {version: 0.2, phases: [build]}                                       | phases must be a mapping
            'version: [0.2'                                                       | must be a mapping
            {version: [                                                           | is no YAML
            """)
    void whatCannotRunHereIsRefused(String text, String why) {
        assertThatThrownBy(() -> Buildspec.parse(text))
                .isInstanceOf(LocalServiceException.class)
                .hasMessageContaining(why);
    }
}
