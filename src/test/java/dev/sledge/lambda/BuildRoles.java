package dev.sledge.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.SamTemplate;
import dev.sledge.lambda.IamPolicy.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code template.yaml} lets builds do. */
public record BuildRoles(SamTemplate template) {
    /**
     * Whether a build of a project may do something, by its role and by the most that any build may do.
     *
     * @param role {@code BuildRole} or {@code ForkBuildRole}
     * @param project its ARN
     * @param tags that AWS sees on the resource
     */
    public boolean allow(String role, String project, String action, String resource, Map<String, String> tags) {
        var context = new HashMap<String, String>();
        context.put("codebuild:projectarn", project);
        context.put("codebuild:buildarn", build(project));
        tags.forEach((key, value) -> context.put("aws:resourcetag/" + key, value));
        tags.forEach((key, value) -> context.put("s3:existingobjecttag/" + key, value));
        var request = new Request(action, resource, context);
        return IamPolicy.of(documents(role)).allows(request) && boundary().allows(request);
    }

    IamPolicy boundary() {
        return IamPolicy.of(Stream.of(template.properties("BuildBoundary").path("PolicyDocument")));
    }

    /** The ARN of some build of a project. */
    static String build(String project) {
        return project.replace(":project/", ":build/") + ":6c1e3b1c-6f6b-4a8e-9d7f-000000000000";
    }

    private Stream<JsonNode> documents(String role) {
        var policies = template.properties(role).path("Policies");
        return StreamSupport.stream(policies.spliterator(), false).map(policy -> policy.path("PolicyDocument"));
    }

    /** A role's policy as a server of S3 takes it, for which the build is one of {@code project}. */
    public String s3Policy(String role, String project) {
        var json = JsonMapper.builder().build();
        var policy = json.createObjectNode().put("Version", "2012-10-17");
        var statements = policy.putArray("Statement");
        documents(role)
                .flatMap(document -> IamPolicy.list(document.path("Statement")).stream())
                .filter(statement -> IamPolicy.list(statement.path("Action")).stream()
                        .allMatch(action -> action.asText().startsWith("s3:")))
                .forEach(statements::add);
        return policy.toString()
                .replace("${codebuild:projectArn}", project)
                .replace("${codebuild:buildArn}", build(project));
    }
}
