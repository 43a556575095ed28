/** The audit trail of the command: files of JSON lines, each chained to the one before it. */
@NullMarked
package io.taforge.audit;

import org.jspecify.annotations.NullMarked;
