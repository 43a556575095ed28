package io.taforge.bootstrap;

import io.taforge.config.Settings;
import java.time.Clock;

/** Chooses the backend that the settings ask for; no class of another one is loaded. */
public final class Backends {
  private Backends() {}

  /** Opens the backend; a server is not asked yet. The caller closes the store of its client. */
  public static StorageComponent open(Settings settings, Clock clock) {
    return switch (settings.backend()) {
      case FILESYSTEM -> DaggerFilesystemComponent.factory().create(settings, clock);
      case S3 -> DaggerS3Component.factory().create(settings, clock);
      case MINIO -> DaggerMinioComponent.factory().create(settings, clock);
    };
  }
}
