/** {@code sledge.yml}, the repository's own settings; every error with its line and how to mend it. */
@NullMarked
package dev.sledge.settings;

import org.jspecify.annotations.NullMarked;
