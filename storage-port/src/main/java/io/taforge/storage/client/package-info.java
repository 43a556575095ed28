/**
 * What applications use: {@link io.taforge.storage.client.ObjectStorageClient} over any {@link
 * io.taforge.storage.ArtifactStore}.
 */
@NullMarked
package io.taforge.storage.client;

import org.jspecify.annotations.NullMarked;
