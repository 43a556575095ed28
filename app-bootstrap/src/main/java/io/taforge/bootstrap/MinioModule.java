package io.taforge.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.taforge.adapter.minio.MinioArtifactStore;
import io.taforge.adapter.minio.MinioSettings;
import io.taforge.config.ServerSettings;
import io.taforge.config.Settings;
import io.taforge.storage.ArtifactStore;
import jakarta.inject.Singleton;

/** Opens the MinIO adapter as the settings say. */
@Module
final class MinioModule {
  private MinioModule() {}

  @Provides
  @Singleton
  static ArtifactStore store(Settings settings) {
    ServerSettings server = settings.server();
    return MinioArtifactStore.open(
        new MinioSettings(
            server.connection(),
            server.region(),
            server.credentials().orElseThrow(), // SettingsReader sees to it
            settings.buckets(),
            server.transfers(),
            server.features()));
  }
}
