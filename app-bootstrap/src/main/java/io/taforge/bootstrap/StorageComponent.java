package io.taforge.bootstrap;

import io.taforge.storage.client.ObjectStorageClient;

/** What every backend's component has to offer. */
public interface StorageComponent {
  /** The client on the backend; whoever has opened it closes its store. */
  ObjectStorageClient client();
}
