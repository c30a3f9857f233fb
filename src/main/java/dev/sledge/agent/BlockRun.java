package dev.sledge.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks of an image that lie side by side.
 *
 * @param image which they are of
 * @param first the number of the first one
 * @param count how many, one at least
 */
record BlockRun(ContentDigest image, int first, int count) {
    BlockRun {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException(count + " blocks from " + first + " on are no run");
        }
    }

    /**
     * Runs as {@link #json} wrote them.
     *
     * @throws IllegalArgumentException if they are none
     */
    static List<BlockRun> read(JsonNode json) {
        var runs = new ArrayList<BlockRun>();
        json.forEach(run -> runs.add(new BlockRun(
                ContentDigest.parse(run.path("image").asText()),
                run.path("first").asInt(-1),
                run.path("count").asInt())));
        return runs;
    }

    /** Adds runs to an array. */
    static void json(List<BlockRun> runs, ArrayNode to) {
        runs.forEach(run -> to.addObject()
                .put("image", run.image().toString())
                .put("first", run.first())
                .put("count", run.count()));
    }

    /** A block of an image. */
    record Block(ContentDigest image, int number) {}

    /** Blocks in their order, side by side where the next one follows. */
    static List<BlockRun> of(List<Block> blocks) {
        var runs = new ArrayList<BlockRun>();
        for (var block : blocks) {
            var last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && last.image.equals(block.image) && last.first + last.count == block.number) {
                runs.set(runs.size() - 1, new BlockRun(last.image, last.first, last.count + 1));
            } else {
                runs.add(new BlockRun(block.image, block.number, 1));
            }
        }
        return runs;
    }
}
