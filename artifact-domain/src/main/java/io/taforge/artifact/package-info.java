/**
 * What taforge keeps, and under which names: artifacts, their keys, and the rules both obey.
 *
 * <p>Everything here is an immutable value, and a value that exists is valid. Nothing in this
 * package asks a clock, a disk or a network.
 */
@NullMarked
package io.taforge.artifact;

import org.jspecify.annotations.NullMarked;
