/** Builds and their results: the ports that run, tag and remember them, and the record of one. */
@NullMarked
package dev.sledge.build;

import org.jspecify.annotations.NullMarked;
