package io.taforge.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.taforge.adapter.s3.S3ArtifactStore;
import io.taforge.adapter.s3.S3Settings;
import io.taforge.config.ServerSettings;
import io.taforge.config.Settings;
import io.taforge.storage.ArtifactStore;
import jakarta.inject.Singleton;

/** Opens the S3 adapter as the settings say. */
@Module
final class S3Module {
  private S3Module() {}

  @Provides
  @Singleton
  static ArtifactStore store(Settings settings) {
    ServerSettings server = settings.server();
    return S3ArtifactStore.open(
        new S3Settings(
            server.connection(),
            server.region(),
            server.credentials(),
            settings.buckets(),
            server.transfers(),
            server.features(),
            server.isFullIntegrity() ? S3Settings.Integrity.FULL : S3Settings.Integrity.COMPATIBLE,
            server.isOnSockets() ? S3Settings.Transport.SOCKETS : S3Settings.Transport.APACHE));
  }
}
