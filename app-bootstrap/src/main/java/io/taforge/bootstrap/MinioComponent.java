package io.taforge.bootstrap;

import dagger.BindsInstance;
import dagger.Component;
import io.taforge.config.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The client on a server like Amazon S3, through the MinIO SDK. */
@Singleton
@Component(modules = {MinioModule.class, ClientModule.class})
interface MinioComponent extends StorageComponent {
  /** Takes what is not made here. */
  @Component.Factory
  interface Factory {
    MinioComponent create(@BindsInstance Settings settings, @BindsInstance Clock clock);
  }
}
