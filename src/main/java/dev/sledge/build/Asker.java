package dev.sledge.build;

/** Who wants a commit built. */
public enum Asker {
    /** Forges say things twice, and late: what is built already is not built again, and what is overtaken does not count. */
    FORGE,
    /** Whoever asks by hand means now, and means it again. */
    PERSON
}
