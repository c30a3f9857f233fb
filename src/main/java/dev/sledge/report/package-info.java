/** Records to something a person reads. */
@NullMarked
package dev.sledge.report;

import org.jspecify.annotations.NullMarked;
