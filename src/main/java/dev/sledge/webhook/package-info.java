/** Raw requests to verified events: one class a forge, bytes in, value out. */
@NullMarked
package dev.sledge.webhook;

import org.jspecify.annotations.NullMarked;
