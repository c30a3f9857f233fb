/** OCI distribution client: manifests and tags of any registry. */
@NullMarked
package dev.sledge.registry;

import org.jspecify.annotations.NullMarked;
