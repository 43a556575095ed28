package io.taforge.bootstrap;

import io.taforge.config.Settings;
import java.time.Clock;

/** Chooses the backend that the settings ask for; no class of another one is loaded. */
public final class Backends {
  private Backends() {}

  /**
   * Opens the backend. The caller closes the store of its client.
   *
   * @throws UnavailableBackendException if this version does not have it
   */
  public static StorageComponent open(Settings settings, Clock clock) {
    return switch (settings.backend()) {
      case FILESYSTEM -> DaggerFilesystemComponent.factory().create(settings, clock);
      case MINIO, S3 -> throw new UnavailableBackendException(settings.backend());
    };
  }
}
