package dev.sledge.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.ImageRegistry;
import dev.sledge.build.ImageRegistryContract;
import dev.sledge.image.Digest;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageReference;
import dev.sledge.local.LocalServices;
import dev.sledge.local.RunningServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Our client against a real registry, with images that a real engine pushed. */
class OciRegistryIT extends ImageRegistryContract {
    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    @TempDir
    Path directory;

    private final LocalServices services = RUNNING.get();

    @Override
    protected ImageRegistry registry() {
        return new OciRegistry("http");
    }

    @Override
    protected ImageName unused() {
        return new ImageName(services.destination().registry(), "sledge/contract/" + UUID.randomUUID());
    }

    @Override
    protected ImageRegistry.StoredImage push(ImageReference reference) {
        try {
            var root = Files.createTempDirectory(directory, "root");
            Files.writeString(root.resolve("file"), UUID.randomUUID().toString());
            var archive = directory.resolve(root.getFileName() + ".tar");
            new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), "file")
                    .start()
                    .waitFor();
            services.engine().docker("import", archive.toString(), reference.toString());
            services.engine().docker("push", reference.toString());
            services.engine().docker("image", "rm", reference.toString());
            return asked(reference);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the registry's own HTTP API says, read without our client. */
    private static ImageRegistry.StoredImage asked(ImageReference reference) throws IOException, InterruptedException {
        var name = reference.name();
        var uri = URI.create("http://" + name.registry() + "/v2/" + name.path() + "/manifests/" + reference.tag());
        var request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        var layers = new ArrayList<Long>();
        for (var layer : new JsonMapper().readTree(answer.body()).path("layers")) {
            layers.add(layer.path("size").asLong());
        }
        var digest = answer.headers().firstValue("docker-content-digest").orElseThrow();
        return new ImageRegistry.StoredImage(new Digest(digest), List.copyOf(layers));
    }
}
