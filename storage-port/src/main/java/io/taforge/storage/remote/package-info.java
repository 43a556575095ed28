/**
 * What adapters to servers over a network have in common, without knowing an SDK: content that can
 * be sent again from any place, parts, metadata in HTTP headers, downloads that go on after a
 * broken connection, and limits in time.
 *
 * <p>For authors of such adapters; applications need nothing of it.
 */
@NullMarked
package io.taforge.storage.remote;

import org.jspecify.annotations.NullMarked;
