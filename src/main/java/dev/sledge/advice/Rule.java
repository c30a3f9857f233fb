package dev.sledge.advice;

/** One thing that advice looks for. */
public interface Rule {
    /** {@code DC} and two digits; it never changes its meaning. */
    String id();

    /** What is found, in one sentence; the first of the rule's page. */
    String sentence();

    /** The rule's page, relative to the project's root. */
    default String page() {
        return "docs/advice/" + id() + ".md";
    }
}
