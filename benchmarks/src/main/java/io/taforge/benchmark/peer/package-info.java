/** The clients that are measured, each as its users call it. */
@NullMarked
package io.taforge.benchmark.peer;

import org.jspecify.annotations.NullMarked;
