/** What is wrong with a user's file, where, and how to mend it. */
@NullMarked
package dev.sledge.problem;

import org.jspecify.annotations.NullMarked;
