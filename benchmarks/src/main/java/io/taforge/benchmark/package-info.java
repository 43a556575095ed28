/** Measures taforge side by side with other clients, in one run. */
@NullMarked
package io.taforge.benchmark;

import org.jspecify.annotations.NullMarked;
