package dev.sledge.build;

import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.image.ImageName;
import dev.sledge.plan.Destination;

/** Where what is known of a ref lies: {@code <kind>/<repository's path>/<ref's tag>.json}. */
final class RefFile {
    private RefFile() {}

    static String key(String kind, Repository repository, GitRef ref) {
        return kind + "/" + ImageName.pathOf(repository.host(), repository.fullName()) + "/" + Destination.tagOf(ref)
                + ".json";
    }
}
