package dev.sledge.agent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Images one behind the other, as one disk: each begins with a block of its own, so the blocks of all have one numbering, and one file shows all
 * of them.
 *
 * @param images in their order, none of them twice
 */
record BlockMap(List<FrozenImage> images) {
    /** Blocks whose order does not matter. */
    private static final int BATCH = 128;

    /** Blocks that are fetched in vain rather than asked for around. */
    private static final int GAP = 3;

    BlockMap {
        images = List.copyOf(images);
        if (images.isEmpty()
                || images.stream().map(FrozenImage::digest).distinct().count() != images.size()) {
            throw new IllegalArgumentException("a disk has one image at least, and none twice");
        }
    }

    /** Where an image lies. */
    record Place(FrozenImage image, int first) {
        int end() {
            return first + image.blocks().blocks();
        }

        /** Of its first byte, on the disk. */
        long offset() {
            return (long) first * BlockTable.BLOCK;
        }
    }

    /** Where each image lies. */
    List<Place> places() {
        var places = new ArrayList<Place>();
        var first = 0;
        for (var image : images) {
            places.add(new Place(image, first));
            first += image.blocks().blocks();
        }
        return places;
    }

    int blocks() {
        return images.stream().mapToInt(image -> image.blocks().blocks()).sum();
    }

    /** In bytes, whole blocks. */
    long size() {
        return (long) blocks() * BlockTable.BLOCK;
    }

    /** Of the image that has the block. */
    Place placeOf(int block) {
        return places().stream()
                .filter(place -> block >= place.first() && block < place.end())
                .findFirst()
                .orElseThrow();
    }

    /** The number behind the last block of the image that has the block. */
    int endOfImage(int block) {
        return placeOf(block).end();
    }

    /** What is fetched without being asked for. */
    List<BlockRange> streamed() {
        return places().stream()
                .filter(place -> place.image().streamed() > 0)
                .map(place -> new BlockRange(
                        place.first(), place.first() + place.image().streamed()))
                .toList();
    }

    /** Everything. */
    List<BlockRange> whole() {
        return places().stream()
                .map(place -> new BlockRange(place.first(), place.end()))
                .toList();
    }

    /**
     * What of earlier builds' blocks is on this disk. Their order is kept in the large and not in the small: of so many at a time those that lie
     * near each other become one range, with what lies between, since a request costs more than a few blocks.
     */
    List<BlockRange> ranges(List<BlockRun> runs) {
        var byDigest = byDigest();
        var ranges = new ArrayList<BlockRange>();
        var batch = new BitSet(blocks());
        for (var run : runs) {
            var place = byDigest.get(run.image());
            if (place == null || place.first() + run.first() >= place.end()) {
                continue;
            }
            var first = place.first() + run.first();
            batch.set(first, Math.min(first + run.count(), place.end()));
            if (batch.cardinality() >= BATCH) {
                ranges.addAll(near(batch));
                batch.clear();
            }
        }
        ranges.addAll(near(batch));
        return ranges;
    }

    private List<BlockRange> near(BitSet blocks) {
        var ranges = new ArrayList<BlockRange>();
        for (var first = blocks.nextSetBit(0); first >= 0; ) {
            var end = blocks.nextClearBit(first);
            var next = blocks.nextSetBit(end);
            while (next >= 0 && next - end <= GAP && next < endOfImage(first)) {
                end = blocks.nextClearBit(next);
                next = blocks.nextSetBit(end);
            }
            var last = Math.min(end, endOfImage(first));
            ranges.add(new BlockRange(first, last));
            first = last < end ? last : next;
        }
        return ranges;
    }

    private SequencedMap<ContentDigest, Place> byDigest() {
        var byDigest = new LinkedHashMap<ContentDigest, Place>();
        places().forEach(place -> byDigest.put(place.image().digest(), place));
        return byDigest;
    }

    /** Blocks of the disk as blocks of its images. */
    List<BlockRun> runs(List<Integer> blocks) {
        return BlockRun.of(blocks.stream()
                .map(block -> {
                    var place = placeOf(block);
                    return new BlockRun.Block(place.image().digest(), block - place.first());
                })
                .toList());
    }
}
