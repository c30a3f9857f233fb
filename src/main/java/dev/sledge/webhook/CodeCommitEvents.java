package dev.sledge.webhook;

import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.GitRef.PullRequest.Naming;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.event.SkipMark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * CodeCommit's events, from EventBridge and in the older shape of its triggers. Nothing is signed: IAM decides who may invoke the function
 * with such an event, and that alone makes it true. So this must never read anything that came over HTTP.
 *
 * @see <a href="https://docs.aws.amazon.com/codecommit/latest/userguide/monitoring-events.html">events</a>
 * @see <a href="https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify-lambda.html">triggers</a>
 */
public final class CodeCommitEvents {
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}");
    private static final Pattern ARN =
            Pattern.compile("arn:[a-z-]+:codecommit:(?<region>[a-z0-9-]+):[0-9]{12}:(?<name>[\\w.-]{1,100})");

    private final RepositoryNames repositories;

    /** @param repositories that are built here; the events of others are ignored */
    public CodeCommitEvents(RepositoryNames repositories) {
        this.repositories = repositories;
    }

    /** Reads one event, of either shape. */
    public Received read(Body event) {
        try {
            var payload = Payload.of(event);
            return allowed(payload.has("Records") ? triggered(payload) : changed(payload));
        } catch (IOException | IllegalArgumentException e) {
            return new Received.Malformed("no event of CodeCommit: " + e.getMessage());
        }
    }

    private Received allowed(Received received) {
        return received instanceof Received.Verified(var delivery, var events)
                        && !events.stream().allMatch(event -> repositories.contain(event.repository()))
                ? new Received.Ignored("the repository is none of those that are built here")
                : received;
    }

    private static Received changed(Payload payload) {
        if (!payload.text("source").equals("aws.codecommit")) {
            throw new IllegalArgumentException("its source is another service");
        }
        var delivery = new DeliveryId(payload.text("id"));
        var detail = payload.object("detail");
        var event = detail.text("event");
        return switch (event) {
            case "referenceCreated", "referenceUpdated", "referenceDeleted" ->
                new Received.Verified(delivery, List.of(reference(payload, detail, event)));
            case "pullRequestCreated", "pullRequestSourceBranchUpdated" ->
                new Received.Verified(delivery, List.of(pullRequest(payload, detail)));
            default -> Received.Ignored.event(event);
        };
    }

    private static RepositoryEvent reference(Payload payload, Payload detail, String event) {
        var repository = repository(payload.text("region"), detail.text("repositoryName"));
        var ref = GitRef.branchOrTag(detail.text("referenceFullName"));
        return event.equals("referenceDeleted")
                ? new RefDeleted(repository, ref, detail.commit("oldCommitId"))
                : new Pushed(
                        repository,
                        ref,
                        detail.before("oldCommitId"),
                        detail.commit("commitId"),
                        new DefaultBranch.Untold(),
                        new SkipMark.Untold());
    }

    /** Source and destination are of one repository: CodeCommit knows no forks. */
    private static RepositoryEvent pullRequest(Payload payload, Payload detail) {
        var names = detail.json().path("repositoryNames");
        if (!names.isArray() || names.size() != 1 || !names.path(0).isTextual()) {
            throw new IllegalArgumentException("field 'repositoryNames' does not name one repository");
        }
        return new PullRequestUpdated(
                repository(payload.text("region"), names.path(0).textValue()),
                new GitRef.PullRequest(Long.parseLong(detail.text("pullRequestId")), Naming.NUMBER),
                new CommitName(detail.text("sourceCommit")),
                new Base(
                        branch(detail.text("destinationReference")),
                        new Base.Tip.At(new CommitName(detail.text("destinationCommit")))),
                Origin.SAME_REPOSITORY,
                false,
                new DefaultBranch.Untold());
    }

    private static GitRef.Branch branch(String full) {
        return switch (GitRef.branchOrTag(full)) {
            case GitRef.Branch branch -> branch;
            case GitRef.Tag tag -> throw new IllegalArgumentException("a pull request into a tag");
            case GitRef.PullRequest request -> throw new IllegalArgumentException("a pull request into another");
        };
    }

    private static Received triggered(Payload payload) {
        var events = new ArrayList<RepositoryEvent>();
        var ids = new ArrayList<String>();
        for (var record : payload.list("Records")) {
            ids.add(record.text("eventId"));
            var repository = repository(record);
            record.object("codecommit").list("references").stream()
                    .filter(reference -> isBranchOrTag(reference.text("ref")))
                    .forEach(reference -> events.add(triggered(repository, reference)));
        }
        return events.isEmpty()
                ? new Received.Ignored("no reference was changed")
                : new Received.Verified(new DeliveryId(ids.getFirst()), events);
    }

    /** What the source's own name says; the record's region must be the same, since it decides whom we ask. */
    private static Repository repository(Payload record) {
        var arn = ARN.matcher(record.text("eventSourceARN"));
        if (!arn.matches() || !arn.group("region").equals(record.text("awsRegion"))) {
            throw new IllegalArgumentException(
                    "field 'eventSourceARN' names no repository of CodeCommit in its region");
        }
        return repository(arn.group("region"), arn.group("name"));
    }

    private static boolean isBranchOrTag(String ref) {
        return !ref.startsWith("refs/") || ref.startsWith("refs/heads/") || ref.startsWith("refs/tags/");
    }

    /** A trigger does not tell where the ref was before. */
    private static RepositoryEvent triggered(Repository repository, Payload reference) {
        var ref = GitRef.branchOrTag(reference.text("ref"));
        var commit = reference.commit("commit");
        return reference.flag("deleted")
                ? new RefDeleted(repository, ref, commit)
                : new Pushed(
                        repository,
                        ref,
                        new Before.Nothing(),
                        commit,
                        new DefaultBranch.Untold(),
                        new SkipMark.Untold());
    }

    private static Repository repository(String region, String name) {
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("the region is none of AWS");
        }
        var domain = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return new Repository("git-codecommit." + region + domain, name);
    }
}
