package io.taforge.example;

import dagger.BindsInstance;
import dagger.Component;
import dagger.Module;
import dagger.Provides;
import io.taforge.adapter.filesystem.FilesystemArtifactStore;
import io.taforge.adapter.filesystem.FilesystemSettings;
import io.taforge.adapter.s3.S3ArtifactStore;
import io.taforge.adapter.s3.S3Settings;
import io.taforge.artifact.UploadLimit;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.client.ObjectStorageClient;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** What the application is made of; there is a component for each backend. */
interface Service {
  SampleEndpoint endpoint();

  /** Whoever has opened the service closes it. */
  ArtifactStore store();

  /** On a developer's machine, or wherever there is no server. */
  static Service inFolder(Path folder) {
    return DaggerService_InFolder.factory().create(FilesystemSettings.at(folder));
  }

  /** On Amazon S3 or a server like it. */
  static Service onServer(S3Settings settings) {
    return DaggerService_OnServer.factory().create(settings);
  }

  /** The same for both: it knows the port and no adapter. */
  @Module
  interface Application {
    @Provides
    @Singleton
    static ObjectStorageClient client(ArtifactStore store) {
      return new ObjectStorageClient(store, UploadLimit.ofMegabytes(100));
    }

    @Provides
    static SampleEndpoint endpoint(ObjectStorageClient client) {
      return new SampleEndpoint(client);
    }
  }

  /** Opens a folder. */
  @Module
  interface FolderModule {
    @Provides
    @Singleton
    static ArtifactStore store(FilesystemSettings settings) {
      return FilesystemArtifactStore.open(settings);
    }
  }

  /** Opens a server. */
  @Module
  interface ServerModule {
    @Provides
    @Singleton
    static ArtifactStore store(S3Settings settings) {
      return S3ArtifactStore.open(settings);
    }
  }

  /** The service on a folder. */
  @Singleton
  @Component(modules = {Application.class, FolderModule.class})
  interface InFolder extends Service {
    @Component.Factory
    interface Factory {
      InFolder create(@BindsInstance FilesystemSettings settings);
    }
  }

  /** The service on a server. */
  @Singleton
  @Component(modules = {Application.class, ServerModule.class})
  interface OnServer extends Service {
    @Component.Factory
    interface Factory {
      OnServer create(@BindsInstance S3Settings settings);
    }
  }
}
