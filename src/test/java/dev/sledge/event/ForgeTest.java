package dev.sledge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com, github.com",
        "https://Git.Example.com, git.example.com",
        "https://git.example.com:443, git.example.com",
        "http://git.example.com:80, git.example.com",
        "https://git.example.com:80, git.example.com:80",
        "http://127.0.0.1:3000, 127.0.0.1:3000",
        "https://user@git.example.com, git.example.com"
    })
    void aSiteHasOneHostHoweverItIsWritten(String site, String host) {
        assertThat(Forge.host(URI.create(site))).isEqualTo(host);
        assertThat(new Repository(host, "a/b").host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"git.example.com", "/a", "https:a"})
    void whatHasNoHostIsNoSite(String site) {
        assertThatIllegalArgumentException().isThrownBy(() -> Forge.host(URI.create(site)));
    }

    @ParameterizedTest
    @EnumSource(Forge.class)
    void aRouteLeadsToItsForge(Forge forge) {
        assertThat(Forge.ofRoute(forge.route())).contains(forge);
    }
}
