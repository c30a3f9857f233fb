package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.SamTemplate;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.lambda.BuildRoles;
import dev.sledge.local.GuardedRegistry;
import dev.sledge.local.GuardedS3;
import dev.sledge.local.RunningServices;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Builds with the rights that {@code template.yaml} gives to those of forks, on servers that enforce rights: they read the default branch's
 * cache, and whatever they try, no byte of it changes.
 */
class ForkRightsIT {
    private static final String PROJECT = "arn:aws:codebuild:eu-central-1:123456789012:project/sledge-it-fork-";
    private static final String OURS = PROJECT + "1111111111";
    private static final String FORKS = PROJECT + "2222222222";
    private static final Map<String, String> TAGS = Map.of("sledge:project", OURS, "sledge:fork-project", FORKS);

    /** As the template's own bucket is called here. */
    private static final String BUCKET = "results";

    private static final Map<String, List<String>> ACTIONS = Map.of(
            "pull", List.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
            "push",
                    List.of(
                            "ecr:CompleteLayerUpload",
                            "ecr:InitiateLayerUpload",
                            "ecr:PutImage",
                            "ecr:UploadLayerPart"),
            "delete", List.of("ecr:BatchDeleteImage"));

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    private static BuildRoles roles;

    @TempDir
    Path directory;

    @BeforeAll
    static void read() throws IOException {
        roles = new BuildRoles(SamTemplate.read(Map.of()));
    }

    private TestRepository example(String kind) throws IOException, InterruptedException {
        return FaultyCacheIT.example(directory, "rights-" + kind, kind);
    }

    private static BuildRecord succeeded(BuildRecord record) {
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        return record;
    }

    /** The build of the default branch, cache and all, with a user's rights. */
    private static BuildRecord built(TestRepository repository, GuardedS3 s3, GuardedS3.User user) {
        RUNNING.get().expose(s3.port());
        var agent = "env AWS_ENDPOINT_URL=http://127.0.0.1:" + s3.port() + " AWS_ACCESS_KEY_ID=" + user.name()
                + " AWS_SECRET_ACCESS_KEY=" + user.password() + " SLEDGE_CACHE_READERS=" + FORKS
                + " SLEDGE_CACHE_PUBLIC=true sledge-agent 1 ";
        return succeeded(PlannedBuild.of(RUNNING.get(), repository)
                .run(buildspec -> buildspec
                        .replace("$SLEDGE_CACHE_ROOT", "s3://" + BUCKET + "/cache/" + OURS)
                        .replace("sledge-agent 1 ", agent)));
    }

    /** Every object with its content's digest, its date and its tags. */
    private static Map<String, String> objects(S3Client root) {
        var objects = new TreeMap<String, String>();
        for (var object :
                root.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents()) {
            var tags = root.getObjectTagging(get -> get.bucket(BUCKET).key(object.key()))
                    .tagSet();
            objects.put(object.key(), object.eTag() + " " + object.size() + " " + object.lastModified() + " " + tags);
        }
        return objects;
    }

    @ParameterizedTest
    @ValueSource(strings = {"layout", "tarball", "frozen"})
    void noByteOfACacheInS3IsWrittenByABuildOfAFork(String kind) throws Exception {
        try (var s3 = new GuardedS3(Files.createDirectory(directory.resolve("s3")));
                var root = s3.root()) {
            root.createBucket(create -> create.bucket(BUCKET));
            var trusted = s3.user("trusted", roles.s3Policy("BuildRole", OURS));
            var fork = s3.user("fork-build", roles.s3Policy("ForkBuildRole", FORKS));
            var repository = example(kind);
            assertThat(built(repository, s3, trusted).cacheFaults()).isEmpty();
            var before = objects(root);
            assertThat(before).isNotEmpty();

            repository.write("main.txt", "second\n").commit();
            var record = built(repository, s3, fork);
            assertThat(record.hits()).as("what it may read").isEqualTo(2);
            assertThat(record.cacheFaults()).isNotEmpty();
            assertThat(objects(root)).isEqualTo(before);

            try (var client = s3.client(fork)) {
                before.keySet().forEach(key -> {
                    refuses(client, writing(key));
                    refuses(client, changing(key));
                });
                refuses(client, writing("cache/" + OURS + "/layout/new"));
            }
            assertThat(objects(root)).isEqualTo(before);

            repository.commit();
            var after = built(repository, s3, trusted);
            assertThat(after.cacheFaults()).isEmpty();
            assertThat(after.hits()).isEqualTo(2);
        }
    }

    private static List<Consumer<S3Client>> writing(String key) {
        return List.of(
                s3 -> s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString("theirs")),
                s3 -> s3.createMultipartUpload(create -> create.bucket(BUCKET).key(key)));
    }

    private static List<Consumer<S3Client>> changing(String key) {
        return List.of(
                s3 -> s3.deleteObject(delete -> delete.bucket(BUCKET).key(key)),
                s3 -> s3.putObjectTagging(put -> put.bucket(BUCKET)
                        .key(key)
                        .tagging(tagging ->
                                tagging.tagSet(Tag.builder().key("a").value("b").build()))),
                s3 -> s3.deleteObjectTagging(delete -> delete.bucket(BUCKET).key(key)),
                s3 -> s3.copyObject(copy -> copy.sourceBucket(BUCKET)
                        .sourceKey(key)
                        .destinationBucket(BUCKET)
                        .destinationKey(key)
                        .metadataDirective("REPLACE")));
    }

    private static void refuses(S3Client client, List<Consumer<S3Client>> attempts) {
        for (var attempt : attempts) {
            assertThatThrownBy(() -> attempt.accept(client))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            refusal -> assertThat(refusal.statusCode()).isEqualTo(403));
        }
    }

    private static boolean allow(String user, String action, String repository) {
        var tags = repository.startsWith("sledge-cache/") ? TAGS : Map.<String, String>of();
        var arn = "arn:aws:ecr:eu-central-1:123456789012:repository/" + repository;
        var isFork = user.equals("fork");
        return ACTIONS.getOrDefault(action, List.of("none")).stream()
                .allMatch(one ->
                        roles.allow(isFork ? "ForkBuildRole" : "BuildRole", isFork ? FORKS : OURS, one, arn, tags));
    }

    private static BuildRecord built(TestRepository repository, GuardedRegistry registry, String user) {
        return succeeded(PlannedBuild.of(RUNNING.get(), repository)
                .cachedAt(registry.host())
                .run(buildspec -> buildspec.replace(
                        "- umask 022",
                        "- umask 022 && echo x | docker login --username " + user + " --password-stdin "
                                + registry.host())));
    }

    @Test
    void noByteOfACacheInTheRegistryIsWrittenByABuildOfAFork() throws Exception {
        var keys = Files.createDirectory(directory.resolve("registry"));
        try (var registry = new GuardedRegistry(RUNNING.get(), keys, ForkRightsIT::allow)) {
            var repository = example("registry");
            var trusted = built(repository, registry, "trusted");
            assertThat(trusted.cacheFaults()).isEmpty();
            var cache = trusted.plan().cache().writes().getFirst();
            var repositoryName = cache.substring(cache.indexOf('/') + 1, cache.lastIndexOf(':'));
            var guarded = new Guarded(registry, repositoryName, cache.substring(cache.lastIndexOf(':') + 1));
            var before = guarded.content();

            repository.write("main.txt", "second\n").commit();
            var record = built(repository, registry, "fork");
            assertThat(record.hits()).as("what it may read").isEqualTo(2);
            assertThat(record.cacheFaults()).isNotEmpty();
            assertThat(guarded.content()).isEqualTo(before);

            guarded.refusesAll();
            assertThat(guarded.content()).isEqualTo(before);

            repository.commit();
            var after = built(repository, registry, "trusted");
            assertThat(after.cacheFaults()).isEmpty();
            assertThat(after.hits()).isEqualTo(2);
        }
    }

    /** The cache behind one tag. */
    private record Guarded(GuardedRegistry registry, String repository, String tag) {
        private HttpResponse<String> ask(String user, String method, String path, String body)
                throws IOException, InterruptedException {
            var token = registry.token(user, List.of("repository:" + repository + ":pull,push,delete"));
            var request = HttpRequest.newBuilder(
                            URI.create("http://" + registry.host() + "/v2/" + repository + "/" + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                    .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
                    .method(method, BodyPublishers.ofString(body))
                    .build();
            try (var http = HttpClient.newHttpClient()) {
                return http.send(request, BodyHandlers.ofString());
            }
        }

        /** The manifest, and the status of each of its layers. */
        Map<String, String> content() throws IOException, InterruptedException {
            var content = new TreeMap<String, String>();
            var manifest = ask("trusted", "GET", "manifests/" + tag, "");
            assertThat(manifest.statusCode()).isEqualTo(200);
            content.put(tag, manifest.body());
            for (var digest : new JsonMapper().readTree(manifest.body()).findValuesAsText("digest")) {
                content.put(
                        digest,
                        "" + ask("trusted", "HEAD", "blobs/" + digest, "").statusCode());
            }
            assertThat(content.values())
                    .filteredOn(value -> value.equals("200"))
                    .hasSizeGreaterThan(3);
            return content;
        }

        void refusesAll() throws IOException, InterruptedException {
            var manifest = ask("fork", "GET", "manifests/" + tag, "");
            assertThat(manifest.statusCode()).as("what it may read").isEqualTo(200);
            var digest = manifest.headers().firstValue("docker-content-digest").orElseThrow();
            var blob = new JsonMapper()
                    .readTree(manifest.body())
                    .at("/layers/0/digest")
                    .asText();
            for (var attempt : List.of(
                    List.of("PUT", "manifests/" + tag),
                    List.of("PUT", "manifests/theirs"),
                    List.of("DELETE", "manifests/" + digest),
                    List.of("DELETE", "blobs/" + blob),
                    List.of("POST", "blobs/uploads/"),
                    List.of("POST", "blobs/uploads/?mount=" + blob + "&from=" + repository))) {
                var answer = ask("fork", attempt.getFirst(), attempt.getLast(), manifest.body());
                assertThat(answer.statusCode()).as("%s", attempt).isIn(401, 403);
            }
        }
    }
}
