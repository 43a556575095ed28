/** What contestants have to do. */
@NullMarked
package io.taforge.benchmark.work;

import org.jspecify.annotations.NullMarked;
