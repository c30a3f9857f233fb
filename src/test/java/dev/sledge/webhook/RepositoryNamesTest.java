package dev.sledge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sledge.event.Repository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNamesTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            octocat/hello,          octocat/hello,       true
            octocat/hello,          Octocat/Hello,       true
            octocat/hello,          octocat/hello-world, false
            octocat/hello,          octocat/hell,        false
            octocat/*,              octocat/hello,       true
            octocat/*,              octocat/a/b,         true
            octocat/*,              octocat2/hello,      false
            octocat/*,              octocat,             false
            *,                      a/b/c,               true
            'a/b, octocat/hello',   octocat/hello,       true
            'a/b octocat/*',        mona/hello,          false
            """)
    void aNameIsComparedAsAWhole(String names, String repository, boolean contained) {
        assertThat(RepositoryNames.parse(names).contain(new Repository("git.example.com", repository)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "octo*", "*/hello", "octocat/*/x", "**"})
    void whatNamesNoRepositoryIsRefused(String names) {
        assertThatIllegalArgumentException().isThrownBy(() -> RepositoryNames.parse(names));
    }
}
