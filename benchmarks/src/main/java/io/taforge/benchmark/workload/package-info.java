/** What contestants have to do. */
@NullMarked
package io.taforge.benchmark.workload;

import org.jspecify.annotations.NullMarked;
