package dev.sledge.aws;

import dev.sledge.image.Platform;
import dev.sledge.plan.Trust;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codebuild.model.EnvironmentType;
import software.amazon.awssdk.services.codebuild.model.ImagePullCredentialsType;

/**
 * What a deployment says of its builds.
 *
 * @param prefix what names of projects begin with: letters, digits, {@code -}, 40 at most
 * @param platform that builds run on
 * @param image of the build's container: one of AWS's ({@code aws/codebuild/…}) or one in a registry
 * @param computeType in CodeBuild's words, {@code BUILD_GENERAL1_MEDIUM}
 * @param dockerServer the size of an engine that each repository's trusted builds share and that keeps its layers, in CodeBuild's words;
 *     empty for none. Never one of forks, whose builds would find what others left there and leave theirs.
 * @param batchRole the ARN of the role by which CodeBuild starts and stops the builds of a batch; none of these builds has it
 * @param baseImages where the official images of Docker Hub are mirrored, {@code https://HOST/PATH}; empty if nowhere
 * @param rights of each trust class
 */
public record BuildStack(
        String prefix,
        Platform platform,
        String image,
        String computeType,
        String dockerServer,
        String batchRole,
        String baseImages,
        Map<Trust, Rights> rights) {
    private static final Map<Platform, EnvironmentType> ENVIRONMENTS = Map.of(
            Platform.LINUX_AMD64, EnvironmentType.LINUX_CONTAINER,
            Platform.LINUX_ARM64, EnvironmentType.ARM_CONTAINER);
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,39}");

    public BuildStack {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "'" + prefix + "' cannot begin a project's name; it has 1 to 40 letters, digits and '-'");
        }
        rights = Map.copyOf(new EnumMap<>(rights));
        for (var trust : Trust.values()) {
            if (!rights.containsKey(trust)) {
                throw new IllegalArgumentException("builds of trust class " + trust + " have no rights");
            }
        }
        if (!ENVIRONMENTS.containsKey(platform)) {
            throw new IllegalArgumentException("CodeBuild builds no images for " + platform + ", but for "
                    + Platform.LINUX_AMD64 + " and " + Platform.LINUX_ARM64);
        }
    }

    EnvironmentType environmentType() {
        return Objects.requireNonNull(ENVIRONMENTS.get(platform));
    }

    /** Images of AWS's own are pulled by CodeBuild, all others by the build's role. */
    ImagePullCredentialsType pullCredentials() {
        return image.startsWith("aws/codebuild/")
                ? ImagePullCredentialsType.CODEBUILD
                : ImagePullCredentialsType.SERVICE_ROLE;
    }

    Rights rights(Trust trust) {
        return Objects.requireNonNull(rights.get(trust));
    }

    /**
     * What builds of a trust class may do.
     *
     * @param role its ARN; what a build may do is its role's to say
     * @param logGroup where they log, which no other class does
     */
    public record Rights(String role, String logGroup) {}
}
