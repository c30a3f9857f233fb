package dev.sledge.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Finds edges that close a circle of stages. */
final class Cycles {
    private Cycles() {}

    /** The edges without those of triggers, which come too late for BuildKit's search of circles. */
    static List<Edge> own(List<Edge> edges) {
        return edges.stream().filter(edge -> !edge.triggered()).toList();
    }

    /** One edge for each circle met on a walk from the first stage on; empty if there is no circle. */
    static List<Edge> closing(int stages, List<Edge> edges) {
        var outgoing = new ArrayList<List<Edge>>();
        for (int i = 0; i < stages; i++) outgoing.add(new ArrayList<>());
        for (var edge : edges) {
            if (edge.toStage() != Edge.IMAGE) outgoing.get(edge.stage()).add(edge);
        }
        var closing = new ArrayList<Edge>();
        var visited = new BitSet(stages);
        // Shared by all walks: each clears what it has set, and a new one for each would cost the square of the stages.
        var onPath = new boolean[stages];
        for (int root = 0; root < stages; root++) {
            if (!visited.get(root)) walk(root, outgoing, visited, onPath, closing);
        }
        return closing;
    }

    private static void walk(
            int root, List<List<Edge>> outgoing, BitSet visited, boolean[] onPath, List<Edge> closing) {
        var path = new ArrayDeque<Integer>();
        var next = new ArrayDeque<Integer>();
        path.push(root);
        next.push(0);
        visited.set(root);
        onPath[root] = true;
        while (!path.isEmpty()) {
            int stage = path.peek();
            int index = next.pop();
            if (index == outgoing.get(stage).size()) {
                path.pop();
                onPath[stage] = false;
                continue;
            }
            next.push(index + 1);
            var edge = outgoing.get(stage).get(index);
            if (onPath[edge.toStage()]) {
                closing.add(edge);
            } else if (!visited.get(edge.toStage())) {
                visited.set(edge.toStage());
                onPath[edge.toStage()] = true;
                path.push(edge.toStage());
                next.push(0);
            }
        }
    }
}
