/** The {@code taforge} command; nothing else prints. */
@NullMarked
package io.taforge.cli;

import org.jspecify.annotations.NullMarked;
