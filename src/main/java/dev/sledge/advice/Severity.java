package dev.sledge.advice;

/** How much a finding matters. */
public enum Severity {
    /** The build cannot succeed. */
    ERROR("error"),
    /** It costs time on pushes, or makes builds differ. */
    WARNING("warning"),
    /** It may cost something, depending on what the files do not tell. */
    INFO("info");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** The name in small letters, as it is printed. */
    public String word() {
        return word;
    }
}
