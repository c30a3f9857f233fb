/** Dockerfile text to stages, with lines, as BuildKit reads it. */
@NullMarked
package dev.sledge.dockerfile;

import org.jspecify.annotations.NullMarked;
