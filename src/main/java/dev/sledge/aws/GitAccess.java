package dev.sledge.aws;

import java.util.Map;

/**
 * How a build's git may read a repository.
 *
 * @param environment variables by name, as git reads them
 * @param secrets variables by name whose values CodeBuild reads from Secrets Manager itself: {@code secret-id:json-key}. No value of them is
 *     ever in a plan, a buildspec or a log
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_EnvironmentVariable.html">EnvironmentVariable</a>
 */
public record GitAccess(Map<String, String> environment, Map<String, String> secrets) {
    public static final GitAccess ANONYMOUS = new GitAccess(Map.of(), Map.of());

    public GitAccess {
        environment = Map.copyOf(environment);
        secrets = Map.copyOf(secrets);
    }
}
