/**
 * What is wrong with the order of a Dockerfile, as far as its layer cache goes: one small class a rule.
 *
 * <p>Reads no file and asks no clock: a {@link dev.sledge.advice.Review} goes in, {@link dev.sledge.advice.Finding}s
 * come out, those that cost most first. A warning is only given where an expert who reads it would agree; what depends
 * on things that the files do not tell is information, or nothing.
 */
@NullMarked
package dev.sledge.advice;

import org.jspecify.annotations.NullMarked;
