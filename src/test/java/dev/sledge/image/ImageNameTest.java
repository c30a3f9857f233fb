package dev.sledge.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sledge.Property;
import dev.sledge.event.Repository;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {
    /** As the distribution specification writes it. */
    private static final Pattern GRAMMAR =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    @ParameterizedTest
    @CsvSource({
        "github.com, octocat/hello-world, octocat/hello-world",
        "github.com, a/b.c_d/e__f/g---h, a/b.c_d/e__f/g---h",
        "gitlab.com, group/sub/project, gitlab.com/group/sub/project",
        "git.example.com:3000, a/b, git.example.com__3000/a/b",
        "codecommit.eu-central-1.amazonaws.com, web, codecommit.eu-central-1.amazonaws.com/web",
        "local, my.project, my.project",
    })
    void aNameThatIsAPathStaysReadable(String host, String fullName, String path) {
        assertThat(ImageName.pathOf(host, fullName)).isEqualTo(path);
    }

    /** The hashes are those of {@code printf %s 'HOST|NAME' | sha256sum}. */
    @ParameterizedTest
    @CsvSource({
        "Octocat/Hello.World, octocat/hello-world-h89ada0db8a43076e",
        "~user/repo, user/repo-h413c4a606c9bf51a",
        "日本/語, x/x-h979f05835f13f590",
        "gitlab.com/app, gitlab-com/app-h032161c0619ce905",
        "hello, hello-h5bfecd82fc293653",
    })
    void anyOtherIsMadeOneByItsHash(String fullName, String path) {
        assertThat(ImageName.pathOf("github.com", fullName)).isEqualTo(path);
    }

    @Test
    void twoRepositoriesNeverShareAPath() {
        var seen = new HashMap<String, Repository>();
        Property.holds(100_000, ImageNameTest::repository, repository -> {
            var path = ImageName.pathOf(repository.host(), repository.fullName());
            assertThat(path).matches(GRAMMAR).hasSizeLessThanOrEqualTo(118);
            assertThat(seen.merge(path, repository, (first, second) -> first)).isEqualTo(repository);
        });
        assertThat(seen).hasSizeGreaterThan(25_000);
    }

    /** One whose name may be what another host's repository is called, or what its path is. */
    private static Repository repository(Random random) {
        var hosts = List.of("github.com", "local", "gitlab.com", "a", "a.a", "a.a:1", "a:1", "A.a", "127.0.0.1:3000");
        var host = hosts.get(random.nextInt(hosts.size()));
        var name = fullName(random);
        if (random.nextInt(4) == 0) {
            name = ImageName.pathOf(hosts.get(random.nextInt(hosts.size())), name);
        }
        return new Repository(host, name);
    }

    private static String fullName(Random random) {
        while (true) {
            var name = Property.text(
                    random, 6, "a", "A", "0", "-", "_", ".", "/", "~", " ", "é", "-h0123456789abcdef", "x".repeat(97));
            if (random.nextInt(5) == 0 && !name.isEmpty()) {
                name = ImageName.pathOf("github.com", name);
            }
            try {
                return new Repository("github.com", name).fullName();
            } catch (IllegalArgumentException e) {
                // No repository's name: the next one may be.
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', a",
        "http://x, a",
        "x/y, a",
        "127.0.0.1:port, a",
        "127.0.0.1:5000, ''",
        "127.0.0.1:5000, A",
        "127.0.0.1:5000, a//b",
        "127.0.0.1:5000, /a",
        "127.0.0.1:5000, a/",
        "127.0.0.1:5000, a..b",
        "127.0.0.1:5000, a___b",
        "127.0.0.1:5000, -a",
        "127.0.0.1:5000, a:b",
        "127.0.0.1:5000, 'a\nb'",
    })
    void whatARegistryWouldRefuseIsNoName(String registry, String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageName(registry, path));
    }

    @Test
    void aPathHas255CharactersAtMost() {
        assertThat(new ImageName("r", "x".repeat(255)).path()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageName("r", "x".repeat(256)));
    }

    @Test
    void aReferenceIsWrittenAsDockerReadsIt() {
        var name = new ImageName("127.0.0.1:5000", "a/b");
        assertThat(name.tagged(new ImageTag("v1"))).hasToString("127.0.0.1:5000/a/b:v1");
        assertThat(name.at(new Digest("sha256:" + "0".repeat(64))))
                .isEqualTo("127.0.0.1:5000/a/b@sha256:" + "0".repeat(64));
    }
}
