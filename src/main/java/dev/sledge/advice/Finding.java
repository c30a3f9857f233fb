package dev.sledge.advice;

import dev.sledge.dockerfile.Lines;

/**
 * One thing that a rule found.
 *
 * @param rule the rule's id, such as {@code DC01}
 * @param file path as the user knows it
 * @param lines what it is about
 * @param message what is wrong and what that costs, in one or two sentences
 * @param fix what to write instead: lines that can be pasted, or one sentence
 * @param cost rough seconds that it costs on an average push; only good for putting findings in order
 */
public record Finding(
        String rule, Severity severity, String file, Lines lines, String message, String fix, double cost) {
    public Finding {
        if (rule.isEmpty() || message.isEmpty() || fix.isEmpty() || cost < 0) {
            throw new IllegalArgumentException("a finding of '" + rule + "' lacks its message, its fix or its cost");
        }
    }
}
