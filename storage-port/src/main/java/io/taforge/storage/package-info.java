/**
 * The port: what an adapter does for taforge, in terms that no backend owns.
 *
 * <p>Adapter authors implement {@link io.taforge.storage.ArtifactStore}; its Javadoc is the
 * contract, and the contract kit ({@code storage-contract-kit}) proves it. Applications use {@code
 * io.taforge.storage.client} instead.
 */
@NullMarked
package io.taforge.storage;

import org.jspecify.annotations.NullMarked;
