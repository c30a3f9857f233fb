/** Handlers of the functions and their wiring; the only place that reads the environment of a function. */
@NullMarked
package dev.sledge.lambda;

import org.jspecify.annotations.NullMarked;
