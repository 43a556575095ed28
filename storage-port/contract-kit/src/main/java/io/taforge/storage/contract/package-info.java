/**
 * Proves that an adapter does what {@link io.taforge.storage.ArtifactStore} promises. Extend {@link
 * io.taforge.storage.contract.ArtifactStoreContract}; the README of this module has the four steps.
 */
@NullMarked
package io.taforge.storage.contract;

import org.jspecify.annotations.NullMarked;
