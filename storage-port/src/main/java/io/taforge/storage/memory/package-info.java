/**
 * Artifacts in the memory of the process: the port's reference implementation, and the test double
 * for whoever uses the port.
 */
@NullMarked
package io.taforge.storage.memory;

import org.jspecify.annotations.NullMarked;
