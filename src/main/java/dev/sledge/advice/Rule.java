package dev.sledge.advice;

import java.util.List;

/** One thing that advice looks for. */
public interface Rule {
    /** {@code DC} and two digits; it never changes its meaning. */
    String id();

    /** What is found, in one sentence; the first of the rule's page. */
    String sentence();

    /** All places where it is found, in the order of the file. */
    List<Finding> find(Review review);

    /** The rule's page, relative to the project's root. */
    default String page() {
        return "docs/advice/" + id() + ".md";
    }
}
