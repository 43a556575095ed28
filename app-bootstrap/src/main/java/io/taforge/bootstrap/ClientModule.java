package io.taforge.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.taforge.config.Settings;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.client.ObjectStorageClient;
import jakarta.inject.Singleton;

/** Makes the client, which is the same for all backends. */
@Module
final class ClientModule {
  private ClientModule() {}

  @Provides
  @Singleton
  static ObjectStorageClient client(ArtifactStore store, Settings settings) {
    return new ObjectStorageClient(store, settings.uploadLimit());
  }
}
