/** Who did what with which artifact, for whoever writes that down. */
@NullMarked
package io.taforge.storage.audit;

import org.jspecify.annotations.NullMarked;
