package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.image.ImageName;
import dev.sledge.image.ImageTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Base images that are pulled from a registry, on a machine with a CA certificate of its own. */
class BaseImagesIT {
    private static final String DEBIAN = "debian:trixie-slim";
    private static final String BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    @TempDir
    Path directory;

    private final DockerEngine engine = RUNNING.get().engine();
    private Path certificates;

    @BeforeEach
    void certificate() throws Exception {
        certificates = Files.createDirectory(directory.resolve("certificates"));
        var store = directory.resolve("store");
        Keytool.run(store, "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Sledge");
        var file = certificates.resolve("sledge.crt").toString();
        Keytool.run(store, "-exportcert", "-rfc", "-alias", "ca", "-file", file);
        base(DEBIAN);
    }

    private void base(String image) {
        var environment = new HashMap<>(engine.environment());
        environment.put("SLEDGE_CA_CERTIFICATES", certificates.toString());
        Scripts.install(System.getenv()).run(environment, what -> {}, "local/images.sh", "base", image);
    }

    /** A new image in the registry alone: {@code container} and one instruction more. */
    private String pushed(String container, String change) {
        var image = new ImageName(RUNNING.get().destination().registry(), "sledge/base/" + UUID.randomUUID())
                .tagged(new ImageTag("1"))
                .toString();
        engine.docker("commit", "--change", change, container, image);
        engine.docker("rm", container);
        engine.docker("push", image);
        engine.docker("image", "rm", image);
        return image;
    }

    private String certificate(String image) throws IOException {
        var container = engine.docker("create", image, "none");
        var copy = directory.resolve("bundle");
        engine.docker("cp", container + ":" + BUNDLE, copy.toString());
        engine.docker("rm", container);
        return Files.readString(copy);
    }

    @Test
    void anImageWhoseUserMayDoNothingTrustsWhatTheMachineTrustsAndKeepsItsUser() throws Exception {
        var image = pushed(engine.docker("create", DEBIAN), "USER nobody");

        base(image);

        assertThat(certificate(image))
                .contains(Files.readString(certificates.resolve("sledge.crt")).strip());
        assertThat(engine.docker("image", "inspect", "--format", "{{.Config.User}} {{.Config.Cmd}}", image))
                .isEqualTo("nobody [bash]");
        // By its hash, as OpenSSL looks it up.
        assertThat(engine.docker("run", "--rm", image, "ls", "-l", "/etc/ssl/certs"))
                .contains("sledge.pem");
        engine.docker("image", "rm", image);
    }

    @Test
    void anImageWithoutAShellDoesSoToo() throws Exception {
        var files = Files.createDirectories(directory.resolve("root/etc/ssl/certs"));
        Files.writeString(files.resolve("ca-certificates.crt"), "those of everybody\n");
        var archive = directory.resolve("root.tar").toString();
        assertThat(new ProcessBuilder(
                                "tar",
                                "-cf",
                                archive,
                                "-C",
                                directory.resolve("root").toString(),
                                ".")
                        .start()
                        .waitFor())
                .isZero();
        var container = engine.docker("create", engine.docker("import", archive), "none");
        var image = pushed(container, "USER 65532");

        base(image);

        assertThat(certificate(image))
                .isEqualTo("those of everybody\n" + Files.readString(certificates.resolve("sledge.crt")));
        assertThat(engine.docker("image", "inspect", "--format", "{{.Config.User}}", image))
                .isEqualTo("65532");
        engine.docker("image", "rm", image);
    }

    @Test
    void triggersOfAnImageAreNotSetOff() {
        var image = pushed(engine.docker("create", DEBIAN), "ONBUILD RUN false");

        base(image);

        assertThat(engine.docker("image", "inspect", "--format", "{{.Config.OnBuild}}", image))
                .isEqualTo("[RUN false]");
        engine.docker("image", "rm", image);
    }
}
