/**
 * Dockerfile text to stages, with lines, as BuildKit reads it.
 *
 * <p>Needs nothing but the JDK. Reads no file and no clock: text goes in, values or problems come out.
 *
 * {@snippet :
 * switch (DockerfileParser.parse("Dockerfile", bytes)) {
 *     case Parsing.Unparsable refused -> refused.problems().forEach(System.err::println);
 *     case Parsing.Parsed parsed -> {
 *         switch (StageGraph.of(parsed.dockerfile(), BuildOptions.DEFAULT.withTarget("web"))) {
 *             case Charting.Charted(var graph, var warnings) -> graph.steps(graph.targetIndex());
 *             case Charting.Unbuildable refused -> refused.problems().forEach(System.err::println);
 *             case Charting.Unresolved refused -> refused.problems().forEach(System.err::println);
 *         }
 *     }
 * }
 * }
 */
@NullMarked
package dev.sledge.dockerfile;

import org.jspecify.annotations.NullMarked;
