package dev.sledge.build;

class BuildsInMemoryTest extends BuildsContract {
    private final Builds builds = new BuildsInMemory();

    @Override
    protected Builds builds() {
        return builds;
    }
}
