package io.taforge.storage.contract;

import io.taforge.storage.ArtifactStore;
import java.net.URI;

/**
 * A store whose links are for the public, which reaches the server elsewhere than the store does.
 *
 * @param store the store
 * @param endpoint what its links begin with: scheme, host and port, and a path if there is one
 */
public record PublicStore(ArtifactStore store, URI endpoint) {}
