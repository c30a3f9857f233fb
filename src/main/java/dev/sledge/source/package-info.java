/** Port: files of a repository at one commit, and where a build fetches that commit from. */
@NullMarked
package dev.sledge.source;

import org.jspecify.annotations.NullMarked;
