/** Many clients at once, for a while, with things going wrong. */
@NullMarked
package io.taforge.load;

import org.jspecify.annotations.NullMarked;
