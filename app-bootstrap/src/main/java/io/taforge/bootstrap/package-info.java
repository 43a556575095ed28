/** Puts the parts together: one Dagger component for each backend. */
@NullMarked
package io.taforge.bootstrap;

import org.jspecify.annotations.NullMarked;
