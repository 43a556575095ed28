package io.taforge.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.taforge.adapter.filesystem.FilesystemArtifactStore;
import io.taforge.adapter.filesystem.FilesystemSettings;
import io.taforge.config.Settings;
import io.taforge.storage.ArtifactStore;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Opens the filesystem adapter as the settings say. */
@Module
final class FilesystemModule {
  private FilesystemModule() {}

  @Provides
  @Singleton
  static ArtifactStore store(Settings settings, Clock clock) {
    FilesystemSettings folder =
        FilesystemSettings.at(settings.root())
            .withBuckets(settings.buckets())
            .withDurability(
                settings.isDurable()
                    ? FilesystemSettings.Durability.FULL
                    : FilesystemSettings.Durability.NONE)
            .withClock(clock);
    return FilesystemArtifactStore.open(
        settings
            .server()
            .connection()
            .linkEndpoint()
            .map(endpoint -> folder.withLinkEndpoint(endpoint.uri()))
            .orElse(folder));
  }
}
