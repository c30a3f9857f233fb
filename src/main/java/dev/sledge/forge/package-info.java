/** The APIs of forges: files, trees, commits, statuses and webhooks, one class a forge and a purpose. */
@NullMarked
package dev.sledge.forge;

import org.jspecify.annotations.NullMarked;
