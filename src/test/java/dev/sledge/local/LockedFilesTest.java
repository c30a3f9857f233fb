package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sledge.build.SharedFiles;
import dev.sledge.build.SharedFilesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedFilesTest extends SharedFilesContract {
    @TempDir
    Path directory;

    @Override
    protected SharedFiles shared() {
        return new LockedFiles(directory.resolve("shared"));
    }

    @Test
    void noKeyLeadsOutOfTheDirectory() {
        assertThatIllegalArgumentException().isThrownBy(() -> shared().read("heads/../../../x"));
    }
}
