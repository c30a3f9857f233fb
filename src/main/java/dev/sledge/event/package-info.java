/** What happened, in Git's words. */
@NullMarked
package dev.sledge.event;

import org.jspecify.annotations.NullMarked;
