/** How long artifacts are kept: a rule about log samples, told the time by its caller. */
@NullMarked
package io.taforge.artifact.retention;

import org.jspecify.annotations.NullMarked;
