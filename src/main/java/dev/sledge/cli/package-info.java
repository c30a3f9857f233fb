/** The command line: picocli and terminals. */
@NullMarked
package dev.sledge.cli;

import org.jspecify.annotations.NullMarked;
