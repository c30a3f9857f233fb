package dev.sledge.agent;

/**
 * What an engine's state is of: another one may not read it, or read it wrong.
 *
 * @param docker version of dockerd, with its commit
 * @param containerd the same of containerd
 * @param snapshotter that has the layers
 * @param architecture as {@code uname -m} says it
 */
record EngineVersion(String docker, String containerd, String snapshotter, String architecture) {
    @Override
    public String toString() {
        return docker + ", " + containerd + ", " + snapshotter + ", " + architecture;
    }
}
