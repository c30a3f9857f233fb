/** The program inside the build container: what shell does badly there, streams between a build and S3. */
@NullMarked
package dev.sledge.agent;

import org.jspecify.annotations.NullMarked;
