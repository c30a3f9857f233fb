/** OCI names: image references, digests, platforms and the rules for tags. */
@NullMarked
package dev.sledge.image;

import org.jspecify.annotations.NullMarked;
