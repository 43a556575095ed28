/** Settings from the environment and from a {@code .env} file, checked and immutable. */
@NullMarked
package io.taforge.config;

import org.jspecify.annotations.NullMarked;
