package dev.sledge.aws;

/**
 * The two projects that a repository may have.
 *
 * @param trusted builds what those wrote who may push to it
 * @param fork builds what anybody proposes; it need not be there
 */
public record ProjectArns(String trusted, String fork) {}
