package dev.sledge.build;

class SharedFilesInMemoryTest extends SharedFilesContract {
    private final SharedFiles shared = new SharedFilesInMemory();

    @Override
    protected SharedFiles shared() {
        return shared;
    }
}
