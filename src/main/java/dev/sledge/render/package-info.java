/** Plans to text: byte-stable, and nothing from outside pasted into it. */
@NullMarked
package dev.sledge.render;

import org.jspecify.annotations.NullMarked;
