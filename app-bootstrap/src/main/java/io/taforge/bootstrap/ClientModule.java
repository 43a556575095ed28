package io.taforge.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.taforge.audit.AuditLog;
import io.taforge.config.AuditSettings;
import io.taforge.config.Settings;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.bundle.BundleAdmission;
import io.taforge.storage.client.ObjectStorageClient;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the client, which is the same for all backends. */
@Module
final class ClientModule {
  private ClientModule() {}

  @Provides
  @Singleton
  static ObjectStorageClient client(ArtifactStore store, Settings settings, Clock clock) {
    ObjectStorageClient plain = new ObjectStorageClient(store, settings.uploadLimit());
    ObjectStorageClient client =
        settings
            .admission()
            .map(
                limits ->
                    plain.admitting(
                        new BundleAdmission(limits), settings.server().transfers().spoolFolder()))
            .orElse(plain);
    AuditSettings audit = settings.audit();
    return audit.isEnabled()
        ? client.recordedBy(
            new AuditLog(audit.folder(), audit.retention(), audit.isStrict(), clock), clock)
        : client;
  }
}
