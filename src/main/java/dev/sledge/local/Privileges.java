package dev.sledge.local;

import java.util.List;

/** What a container of the build image must be allowed, so that an engine runs in it. */
final class Privileges {
    /** What a container needs to run an engine where {@code --privileged} is refused because the machine itself lacks a capability. */
    private static final List<String> NEARLY_PRIVILEGED = List.of(
            "--cap-add=ALL",
            "--cap-drop=SYS_RESOURCE",
            "--security-opt=seccomp=unconfined",
            "--security-opt=apparmor=unconfined",
            "--security-opt=systempaths=unconfined",
            "--device-cgroup-rule=a *:* rwm",
            "--volume=/sys/fs/cgroup:/sys/fs/cgroup");

    private Privileges() {}

    /** The options of {@code docker run} that give it, as far as this machine can. */
    static List<String> of(DockerEngine engine, String buildImage) {
        var answer = engine.tryDocker("run", "--rm", "--privileged", buildImage, "true");
        if (answer.status() == 0) {
            return List.of("--privileged");
        }
        if (answer.errors().contains("unable to apply caps")) {
            return NEARLY_PRIVILEGED;
        }
        throw new LocalServiceException("a privileged container cannot be run: " + answer.errors());
    }
}
