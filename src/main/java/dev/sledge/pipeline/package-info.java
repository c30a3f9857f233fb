/** The use cases: a push becomes builds, a finished build becomes a record. */
@NullMarked
package dev.sledge.pipeline;

import org.jspecify.annotations.NullMarked;
