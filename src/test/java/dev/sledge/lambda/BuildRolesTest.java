package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.SamTemplate;
import dev.sledge.lambda.IamPolicy.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What builds may do: by the policies of {@code template.yaml}, everything is asked, and exactly this is allowed. */
class BuildRolesTest {
    private static final String ECR = "arn:aws:ecr:eu-central-1:123456789012:repository/";
    private static final String LOGS = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/codebuild/";
    private static final String BUCKET = "arn:aws:s3:::results/";
    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";
    private static final String CODECOMMIT = "arn:aws:codecommit:eu-central-1:123456789012:";

    private static final String OURS = project("octocat-hello-1111111111");
    private static final String OUR_FORKS = project("octocat-hello-2222222222");
    private static final String THEIRS = project("octocat-other-3333333333");
    private static final String THEIR_FORKS = project("octocat-other-4444444444");

    private static final List<String> PULL =
            List.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");
    private static final List<String> PUSH =
            List.of("ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart");
    private static final List<String> KEEP = List.of(
            "s3:AbortMultipartUpload", "s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging");
    private static final List<String> UPLOAD = List.of("s3:PutObject", "s3:AbortMultipartUpload");
    private static final List<String> LOG = List.of("logs:CreateLogStream", "logs:PutLogEvents");

    private static SamTemplate template;
    private static BuildRoles roles;

    /** A resource, and the tags that AWS sees on it. */
    private record Resource(String arn, Map<String, String> tags) {}

    @BeforeAll
    static void read() throws IOException {
        template = SamTemplate.read(Map.of(
                "GitLabUrl", "https://gitlab.com",
                "BitbucketUrl", "https://bitbucket.org",
                "BitbucketDataCenterUrl", "https://git.example.com",
                "GiteaUrl", "https://gitea.example.com"));
        roles = new BuildRoles(template);
    }

    private static String project(String name) {
        return "arn:aws:codebuild:eu-central-1:123456789012:project/sledge-" + name;
    }

    /** All that there is in the account, of Sledge's and not. */
    private static List<Resource> resources() {
        var resources = new ArrayList<Resource>();
        repositories(resources, "octocat/hello", OURS, OUR_FORKS);
        repositories(resources, "octocat/other", THEIRS, THEIR_FORKS);
        for (var arn : List.of(
                ECR + "sledge/octocat/untagged",
                ECR + "sledge-build",
                ECR + "sledge-builders",
                ECR + "production/web",
                ECR + "sledgehammer/web",
                LOGS + "sledge:*",
                LOGS + "sledge-forks:*",
                LOGS + "other:*",
                BUCKET + "buildspecs/trusted/" + "0".repeat(64) + ".yml",
                BUCKET + "buildspecs/fork/" + "0".repeat(64) + ".yml",
                BUCKET + "results/sledge/octocat/hello/b-main/1-" + "0".repeat(40) + "/record.json",
                BUCKET + "claims/sledge/octocat/hello/trusted/" + "0".repeat(40) + ".json",
                BUCKET + "heads/github.com/octocat/hello/main.json",
                BUCKET + "uploads/x",
                "arn:aws:s3:::results",
                "arn:aws:s3:::customers/list.csv",
                SECRET + "GitHubToken-AbCdEf",
                SECRET + "GiteaToken-AbCdEf",
                SECRET + "GitHubWebhookSecret-AbCdEf",
                SECRET + "database-AbCdEf",
                CODECOMMIT + "untagged",
                "arn:aws:iam::123456789012:role/BuildRole",
                "arn:aws:iam::123456789012:role/Administrator",
                "arn:aws:sqs:eu-central-1:123456789012:EventQueue",
                OURS,
                THEIRS,
                "*")) {
            resources.add(new Resource(arn, Map.of()));
        }
        for (var project : List.of(OURS, THEIRS)) {
            var forks = project.equals(OURS) ? OUR_FORKS : THEIR_FORKS;
            resources.add(new Resource(BUCKET + cached(project, "b-main"), Map.of("sledge:fork-project", forks)));
            resources.add(new Resource(BUCKET + cached(project, "b-secret"), Map.of()));
        }
        for (var project : List.of(OURS, OUR_FORKS, THEIRS, THEIR_FORKS)) {
            resources.add(
                    new Resource(BUCKET + "uploads/" + BuildRoles.build(project) + "/buildkit.jsonl.gz", Map.of()));
        }
        return resources;
    }

    private static String cached(String project, String scope) {
        return "cache/" + project + "/layout/index/sledge-cache/octocat/hello/cache-" + scope + ".json";
    }

    private static void repositories(List<Resource> resources, String name, String project, String forks) {
        var tags = Map.of("sledge:project", project, "sledge:fork-project", forks);
        resources.add(new Resource(ECR + "sledge/" + name, tags));
        resources.add(new Resource(ECR + "sledge-cache/" + name, tags));
        // Somebody else's repository that carries the tags all the same.
        resources.add(new Resource(ECR + "production/" + name, tags));
        resources.add(new Resource(CODECOMMIT + name.replace('/', '-'), Map.of("sledge:project", project)));
    }

    /** All that any policy of the template speaks of, and what a thief would like. */
    private static Set<String> actions() {
        var actions = new TreeSet<>(Set.of(
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:ListBucket",
                "s3:PutBucketPolicy",
                "s3:PutObjectTagging",
                "ecr:BatchDeleteImage",
                "ecr:DeleteRepository",
                "ecr:SetRepositoryPolicy",
                "ecr:UntagResource",
                "secretsmanager:PutSecretValue",
                "secretsmanager:ListSecrets",
                "logs:GetLogEvents",
                "logs:DeleteLogGroup",
                "codecommit:GitPush",
                "codecommit:GetFile",
                "codebuild:StartBuild",
                "codebuild:UpdateProject",
                "iam:PassRole",
                "iam:CreateRole",
                "iam:PutRolePolicy",
                "sts:AssumeRole",
                "sqs:SendMessage",
                "lambda:InvokeFunction",
                "ec2:RunInstances",
                "kms:Decrypt",
                "ssm:GetParameters"));
        for (var role : template.ofType("AWS::IAM::Role").values()) {
            for (var action : role.findValues("Action")) {
                IamPolicy.list(action).forEach(one -> actions.add(one.asText()));
            }
        }
        return actions;
    }

    /** What a build of a project may do of all that can be asked, as {@code action resource}. */
    private static Set<String> allowed(String role, String project) {
        var allowed = new TreeSet<String>();
        for (var resource : resources()) {
            for (var action : actions()) {
                if (roles.allow(role, project, action, resource.arn(), resource.tags())) {
                    allowed.add(action + " " + resource.arn());
                }
            }
        }
        return allowed;
    }

    private static void add(Set<String> expected, List<String> actions, String arn) {
        actions.forEach(action -> expected.add(action + " " + arn));
    }

    @Test
    void aBuildReachesItsOwnRepositoriesAndNoOther() {
        var expected = new TreeSet<String>();
        add(expected, LOG, LOGS + "sledge:*");
        add(expected, UPLOAD, BUCKET + "uploads/" + BuildRoles.build(OURS) + "/buildkit.jsonl.gz");
        add(expected, List.of("s3:GetObject"), BUCKET + "buildspecs/trusted/" + "0".repeat(64) + ".yml");
        for (var scope : List.of("b-main", "b-secret")) {
            add(expected, KEEP, BUCKET + cached(OURS, scope));
        }
        for (var repository : List.of("sledge/octocat/hello", "sledge-cache/octocat/hello")) {
            add(expected, PULL, ECR + repository);
            add(expected, PUSH, ECR + repository);
        }
        add(expected, PULL, ECR + "sledge-build");
        add(expected, List.of("secretsmanager:GetSecretValue"), SECRET + "GitHubToken-AbCdEf");
        add(expected, List.of("secretsmanager:GetSecretValue"), SECRET + "GiteaToken-AbCdEf");
        add(expected, List.of("codecommit:GitPull"), CODECOMMIT + "octocat-hello");
        assertThat(withoutLogin(allowed("BuildRole", OURS))).isEqualTo(expected);
    }

    @Test
    void aForksBuildReadsOneCacheAndWritesItsLogAlone() {
        var expected = new TreeSet<String>();
        add(expected, LOG, LOGS + "sledge-forks:*");
        add(expected, UPLOAD, BUCKET + "uploads/" + BuildRoles.build(OUR_FORKS) + "/buildkit.jsonl.gz");
        add(expected, List.of("s3:GetObject"), BUCKET + "buildspecs/fork/" + "0".repeat(64) + ".yml");
        add(expected, PULL, ECR + "sledge-cache/octocat/hello");
        add(expected, PULL, ECR + "sledge-build");
        add(expected, List.of("s3:GetObject"), BUCKET + cached(OURS, "b-main"));
        assertThat(withoutLogin(allowed("ForkBuildRole", OUR_FORKS))).isEqualTo(expected);
    }

    /** AWS knows no resource for it; a token alone opens nothing. */
    private static Set<String> withoutLogin(Set<String> allowed) {
        assertThat(allowed).anyMatch(request -> request.startsWith("ecr:GetAuthorizationToken "));
        allowed.removeIf(request -> request.startsWith("ecr:GetAuthorizationToken "));
        return allowed;
    }

    @Test
    void theBoundaryHoldsWhateverARoleIsGivenLater() {
        var most = roles.boundary();
        for (var action : List.of("ecr:DeleteRepository", "s3:DeleteObject", "iam:PassRole", "sts:AssumeRole")) {
            for (var resource : resources()) {
                assertThat(most.allows(new Request(action, resource.arn(), Map.of())))
                        .isFalse();
            }
        }
        for (var role : List.of("BuildRole", "ForkBuildRole")) {
            assertThat(template.properties(role).path("PermissionsBoundary").asText())
                    .endsWith("policy/BuildBoundary");
        }
    }

    @Test
    void onlySledgesOwnProjectsMayTakeTheRoles() {
        for (var role : List.of("BuildRole", "ForkBuildRole", "BatchRole")) {
            var trust = template.properties(role).at("/AssumeRolePolicyDocument/Statement");
            assertThat(trust).hasSize(1);
            assertThat(trust.at("/0/Principal/Service").asText()).isEqualTo("codebuild.amazonaws.com");
            assertThat(trust.at("/0/Condition/StringEquals/aws:SourceAccount").asText())
                    .isEqualTo(SamTemplate.ACCOUNT);
            assertThat(trust.at("/0/Condition/ArnLike/aws:SourceArn").asText())
                    .isEqualTo("arn:aws:codebuild:eu-central-1:123456789012:project/sledge-*");
        }
    }

    @Test
    void noStatementOfAnyRoleIsAboutEverything() {
        var aboutEverything = new TreeSet<String>();
        template.ofType("AWS::IAM::Role")
                .forEach((name, role) -> role.path("Policies")
                        .forEach(policy -> policy.at("/PolicyDocument/Statement")
                                .forEach(statement -> {
                                    if (statement.path("Resource").toString().contains("\"*\"")) {
                                        statement
                                                .path("Action")
                                                .forEach(action -> aboutEverything.add(action.asText()));
                                        aboutEverything.add(
                                                statement.path("Action").asText());
                                    }
                                    assertThat(statement.path("Action").toString())
                                            .doesNotContain("*");
                                    assertThat(statement.path("Sid").asText()).isNotBlank();
                                })));
        aboutEverything.remove("");
        // AWS knows no resource for these two.
        assertThat(aboutEverything)
                .containsExactly("ecr:DescribeRepositoryCreationTemplates", "ecr:GetAuthorizationToken");
    }
}
