/** Lambda handlers and their wiring; the only place that reads the functions' environment. */
@NullMarked
package dev.sledge.lambda;

import org.jspecify.annotations.NullMarked;
