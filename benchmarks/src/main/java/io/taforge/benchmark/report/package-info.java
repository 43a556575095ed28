/** Makes a page and plots of what was measured. */
@NullMarked
package io.taforge.benchmark.report;

import org.jspecify.annotations.NullMarked;
