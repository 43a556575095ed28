/** What {@code docs/embedding.md} shows, as it is compiled and run. */
@NullMarked
package io.taforge.example;

import org.jspecify.annotations.NullMarked;
