/**
 * Whether a bundle is one, and nothing that does harm to whoever unpacks it: {@link
 * io.taforge.storage.bundle.BundleAdmission}.
 *
 * <p>The readers here are strict where an archive library is lenient, because they have another
 * purpose: not to get out whatever can be read, but to refuse whatever two programs could read in
 * two ways. They keep nothing of the content, and of names as many as are allowed.
 */
@NullMarked
package io.taforge.storage.bundle;

import org.jspecify.annotations.NullMarked;
