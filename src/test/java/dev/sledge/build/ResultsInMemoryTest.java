package dev.sledge.build;

class ResultsInMemoryTest extends ResultsContract {
    private final Results results = new ResultsInMemory();

    @Override
    protected Results results() {
        return results;
    }
}
