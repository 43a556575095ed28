/**
 * Serves the signed links of stores whose backend has no HTTP server of its own, so that they mean
 * the same as those of Amazon S3.
 */
@NullMarked
package io.taforge.links;

import org.jspecify.annotations.NullMarked;
