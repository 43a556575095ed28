/**
 * Signed links of stores whose backend has no server of its own: signed and verified here, served
 * by the link server.
 */
@NullMarked
package io.taforge.storage.link;

import org.jspecify.annotations.NullMarked;
