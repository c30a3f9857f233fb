package dev.sledge.registry;

import static dev.sledge.registry.RegistryHttp.digest;
import static dev.sledge.registry.RegistryHttp.expect;
import static dev.sledge.registry.RegistryHttp.parse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.ImageRegistry;
import dev.sledge.build.RegistryLogin;
import dev.sledge.build.RegistryUnavailableException;
import dev.sledge.image.Digest;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageReference;
import dev.sledge.image.ImageTag;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Manifests and tags of any registry that speaks OCI distribution.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI distribution</a>
 */
public final class OciRegistry implements ImageRegistry {
    private static final List<String> MANIFESTS = List.of(
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final String EMPTY = "{}";
    private static final JsonMapper JSON = new JsonMapper();

    private final RegistryHttp http;

    /**
     * Without a login.
     *
     * @param scheme {@code https}; {@code http} for a registry on the loopback
     */
    public OciRegistry(String scheme) {
        this(scheme, registry -> Optional.empty());
    }

    public OciRegistry(String scheme, RegistryLogin login) {
        this.http = RegistryHttp.of(scheme, login);
    }

    @Override
    public Optional<StoredImage> find(ImageReference reference) {
        var answer = get(reference);
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        expect(answer, 200, reference);
        return Optional.of(new StoredImage(digest(answer, reference), layers(parse(answer, reference))));
    }

    @Override
    public Tagging tag(ImageReference from, ImageTag tag) {
        var manifest = get(from);
        expect(manifest, 200, from);
        var to = from.name().tagged(tag);
        if (names(to, digest(manifest, from))) {
            return Tagging.DONE;
        }
        var type = manifest.headers().firstValue("content-type").orElse(MANIFESTS.getFirst());
        var put = http.request(manifest(to))
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofByteArray(manifest.body()))
                .build();
        var answer = http.send(put, to);
        if (isImmutable(answer)) {
            return Tagging.IMMUTABLE;
        }
        expect(answer, 201, to);
        return Tagging.DONE;
    }

    /** Asked first, since ECR refuses to write what is there already where a tag may not move. */
    private boolean names(ImageReference reference, Digest digest) {
        var answer = get(reference);
        return answer.statusCode() == 200 && digest(answer, reference).equals(digest);
    }

    /**
     * ECR's words; the specification has a code for what is wrong with a tag and none for this.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html">tag mutability</a>
     */
    private static boolean isImmutable(HttpResponse<byte[]> answer) {
        return answer.statusCode() == 400 && new String(answer.body(), StandardCharsets.UTF_8).contains("immutable");
    }

    /**
     * What is deleted is a manifest that only this tag names: the specification leaves it open whether a tag can be deleted, and a deleted
     * manifest takes all of its tags with it.
     *
     * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#deleting-tags">deleting tags</a>
     */
    @Override
    public void untag(ImageReference reference) {
        if (get(reference).statusCode() == 404) {
            return;
        }
        put(reference.name(), EMPTY);
        var stub = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFESTS.getFirst());
        stub.set("config", descriptor(EMPTY));
        stub.putArray("layers").add(descriptor(EMPTY));
        stub.putObject("annotations").put("dev.sledge.untagged", reference.toString());
        var put = http.request(manifest(reference))
                .header("Content-Type", MANIFESTS.getFirst())
                .PUT(BodyPublishers.ofString(stub.toString()))
                .build();
        expect(http.send(put, reference), 201, reference);
        delete(reference);
    }

    /**
     * A blob without content, as the specification has it for what needs none.
     *
     * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md#guidance-for-an-empty-descriptor">empty descriptor</a>
     */
    private static ObjectNode descriptor(String content) {
        return JSON.createObjectNode()
                .put("mediaType", "application/vnd.oci.empty.v1+json")
                .put("digest", Digest.of(content).value())
                .put("size", content.length());
    }

    private void put(ImageName name, String blob) {
        var uploads = http.uri(name, "blobs/uploads/");
        var begun =
                http.send(http.request(uploads).POST(BodyPublishers.noBody()).build(), name);
        expect(begun, 202, name);
        var location = uploads.resolve(begun.headers().firstValue("location").orElse(""));
        var digest = "digest=" + Digest.of(blob).value();
        var target = URI.create(location + (location.getRawQuery() == null ? "?" : "&") + digest);
        var put = http.request(target)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofString(blob))
                .build();
        expect(http.send(put, name), 201, name);
    }

    /**
     * Deletes what a tag names, and with it every other tag of the same manifest; nothing happens if there is none.
     *
     * @throws RegistryUnavailableException if the registry does not delete
     */
    public void delete(ImageReference reference) {
        var answer = get(reference);
        if (answer.statusCode() == 404) {
            return;
        }
        expect(answer, 200, reference);
        var uri = manifest(reference.name(), digest(answer, reference).value());
        expect(http.send(http.request(uri).DELETE().build(), reference), 202, reference);
    }

    /** The tags of a repository, none if it does not exist. */
    public List<String> tags(ImageName name) {
        var uri = http.uri(name, "tags/list");
        var answer = http.send(http.request(uri).build(), name);
        if (answer.statusCode() == 404) {
            return List.of();
        }
        expect(answer, 200, name);
        var tags = new ArrayList<String>();
        parse(answer, name).path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    private HttpResponse<byte[]> get(ImageReference reference) {
        var request = http.request(manifest(reference));
        MANIFESTS.forEach(type -> request.header("Accept", type));
        return http.send(request.build(), reference);
    }

    private URI manifest(ImageReference reference) {
        return manifest(reference.name(), reference.tag().value());
    }

    private URI manifest(ImageName name, String reference) {
        return http.uri(name, "manifests/" + reference);
    }

    private static List<Long> layers(JsonNode manifest) {
        var sizes = new ArrayList<Long>();
        manifest.path("layers").forEach(layer -> sizes.add(layer.path("size").asLong()));
        return sizes;
    }
}
