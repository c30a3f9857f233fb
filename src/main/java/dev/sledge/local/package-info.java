/** This machine in the place of the cloud: a Docker engine, an embedded S3, a registry container, a directory as repository. */
@NullMarked
package dev.sledge.local;

import org.jspecify.annotations.NullMarked;
