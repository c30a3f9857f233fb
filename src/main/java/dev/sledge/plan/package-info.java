/** Decides what is built, how, and from which caches. Pure: no clock, no environment, no I/O. */
@NullMarked
package dev.sledge.plan;

import org.jspecify.annotations.NullMarked;
